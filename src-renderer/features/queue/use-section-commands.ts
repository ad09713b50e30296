import { deskSections, type DeskSection } from '../../cache/queue-listing.ts';
import { useCommand } from '../../commands/use-command.ts';

/** The sections by number, in the order in which they stand. */
export function useSectionCommands(show: (section: DeskSection) => void): void {
  const showAt = (place: number) => {
    const section = deskSections[place];
    return section === undefined ? null : () => show(section);
  };
  useCommand('queue.section1', showAt(0));
  useCommand('queue.section2', showAt(1));
  useCommand('queue.section3', showAt(2));
  useCommand('queue.section4', showAt(3));
  useCommand('queue.section5', showAt(4));
  useCommand('queue.section6', showAt(5));
  useCommand('queue.section7', showAt(6));
  useCommand('queue.section8', showAt(7));
  useCommand('queue.section9', showAt(8));
}
