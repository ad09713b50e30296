const words =
  /вложен|вложил|прикреп|прилага|приложен|далуч|прымацав|прыкладаю|прыкладзен|\battach|\benclosed\b/iu;

/** Whether a letter speaks of a file that comes with it, in any of the languages that the service writes in. */
export function promisesFile(text: string): boolean {
  return words.test(text);
}
