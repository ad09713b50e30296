import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeCp1251 } from '#test/fixtures/encode-cp1251.ts';

/** One letter of the tour, told relative to the present. */
interface TourLetter {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly hoursAgo: number;
  /** Windows-1251, as older mail programs write it. */
  readonly cp1251?: boolean;
  readonly attachments?: readonly { readonly filename: string; readonly content: string }[];
  /** Index of an earlier letter that this one follows. */
  readonly follows?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const letters: readonly TourLetter[] = [
  {
    from: '"Марина Ковалевич" <kovalevich@sad-rodnichok.example>',
    subject: 'Увеличение дисковой квоты сайта',
    text: 'Здравствуйте!\n\nГУО «Детский сад «Родничок». При загрузке фотографий на сайт появляется сообщение, что место закончилось. Просим увеличить дисковую квоту в соответствии с тарифом «Стандарт».\n\nС уважением,\nМарина Ковалевич,\nзаместитель заведующего\nтел. 8 (017) 555-01-23\n',
    hoursAgo: 100,
  },
  {
    from: '"Сярэдняя школа № 3" <director@sh3.example>',
    subject: 'Не адкрываецца раздзел «Прыём грамадзян»',
    text: 'Добры дзень!\n\nНа сайце школы не адкрываецца раздзел «Прыём грамадзян»: замест старонкі паказваецца памылка 404. Учора ўсё працавала.\n\nЗ павагай,\nАлена Шчарбіна\n',
    html: '<p>Добры дзень!</p><p>На сайце школы не адкрываецца раздзел <b>«Прыём грамадзян»</b>: замест старонкі паказваецца <span style="color:#b00020">памылка 404</span>. Учора ўсё працавала.</p><p>З павагай,<br>Алена Шчарбіна</p><img src="https://tracker.example/open.gif" alt="">',
    hoursAgo: 30,
  },
  {
    from: '"Отдел образования" <it@rooo.example>',
    subject: 'Восстановить сайт на 15 ноября',
    text: 'Добрый день.\n\nПосле обновления пропали новости за последнюю неделю. Просим временно восстановить состояние сайта гимназии на 15.11 как дополнительный сайт, чтобы мы могли забрать материалы.\n\nСписок разделов во вложении.\n\n--\nОтдел образования, сектор информатизации\n',
    hoursAgo: 26,
    attachments: [
      {
        filename: 'Список разделов.csv',
        content: 'раздел;последнее изменение\nновости;15.11\nфотоальбомы;14.11\n',
      },
    ],
  },
  {
    from: '"Ирина Василевская" <vasilevskaya@gimn2.example>',
    subject: 'САЙТ НЕ РАБОТАЕТ',
    text: 'Здравствуйте! Сайт гимназии не открывается с самого утра, а сегодня проверка районного отдела. Пожалуйста, помогите срочно!\n\nИрина Василевская, гимназия № 2\n',
    hoursAgo: 3,
    cp1251: true,
  },
  {
    from: '"Павел Дробыш" <drobysh@college.example>',
    subject: 'Доступ новому редактору',
    text: 'Здравствуйте.\n\nПросим открыть доступ к редактированию сайта колледжа новому сотруднику и заблокировать прежнего редактора: приказ во вложении.\n\nС уважением, Павел Дробыш\n',
    hoursAgo: 6,
    attachments: [{ filename: 'Приказ № 118.txt', content: 'О назначении ответственного за сайт\n' }],
  },
  {
    from: '"Детская школа искусств" <dshi@culture.example>',
    subject: 'Как добавить версию для слабовидящих?',
    text: 'Добрый день! Подскажите, пожалуйста, как включить на сайте версию для слабовидящих. В настройках шаблона не нашли.\n',
    hoursAgo: 52,
  },
  {
    from: '"Марина Ковалевич" <kovalevich@sad-rodnichok.example>',
    subject: 'Re: Увеличение дисковой квоты сайта',
    text: 'Добрый день! Уточняю: сайт садик-родничок.бел, сейчас занято 1,9 ГБ.\n\n> При загрузке фотографий на сайт появляется сообщение,\n> что место закончилось.\n',
    hoursAgo: 98,
    follows: 0,
  },
  {
    from: '"Ольга Чернявская" <chernyavskaya@library.example>',
    subject: 'Регистрация сайта в БелГИЭ',
    text: 'Здравствуйте! Библиотека сменила юридический адрес. Нужно ли подавать сведения о сайте в БелГИЭ заново и какие данные для этого прислать?\n\nОльга Чернявская, директор\n',
    html: '<div style="font-family:Arial"><p>Здравствуйте! Библиотека сменила юридический адрес.</p><ol><li>Нужно ли подавать сведения о сайте в БелГИЭ заново?</li><li>Какие данные для этого прислать?</li></ol><p><i>Ольга Чернявская, директор</i></p></div>',
    hoursAgo: 20,
  },
  {
    from: '"Ірына Лапіцкая" <lapitskaya@dom-kultury.example>',
    subject: 'Замена шаблона сайта',
    text: 'Добры дзень!\n\nХочам перайсці на адзін з бясплатных тыповых шаблонаў, але баімся страціць навіны і фотаальбомы. Ці захаваецца змест?\n\nЗ павагай, Ірына Лапіцкая\n',
    hoursAgo: 1,
  },
  {
    from: '"Почтовый робот" <noreply@school-net.example>',
    subject: 'Автоматический ответ: отпуск',
    text: 'Я в отпуске до 30 ноября.\n',
    hoursAgo: 5,
    headers: { 'Auto-Submitted': 'auto-replied' },
  },
];

/** A letter as bytes and the moment when the mailbox got it. */
export interface BuiltLetter {
  readonly source: Uint8Array;
  readonly receivedAt: number;
}

/** The letters to `mailbox`, oldest first, relative to `now` (epoch milliseconds). */
export async function tourLetters(mailbox: string, now: number): Promise<BuiltLetter[]> {
  const built = await Promise.all(letters.map((letter, index) => build(letter, index, mailbox, now)));
  return built.sort((a, b) => a.receivedAt - b.receivedAt);
}

async function build(letter: TourLetter, index: number, mailbox: string, now: number): Promise<BuiltLetter> {
  const receivedAt = now - letter.hoursAgo * 3_600_000;
  const source = await new MailComposer({
    from: letter.from,
    to: mailbox,
    subject: letter.subject,
    text: letter.text,
    ...(letter.html === undefined ? {} : { html: letter.html }),
    date: new Date(receivedAt),
    messageId: messageId(index),
    ...(letter.follows === undefined
      ? {}
      : { inReplyTo: messageId(letter.follows), references: messageId(letter.follows) }),
    attachments: letter.attachments?.map(({ filename, content }) => ({ filename, content })) ?? [],
    headers: letter.headers ?? {},
  })
    .compile()
    .build();
  return {
    source: letter.cp1251 === true ? asCp1251(letter, index, mailbox, receivedAt) : source,
    receivedAt,
  };
}

const messageId = (index: number): string => `<tour-${index}@clients.example>`;

/** The same letter the way a program of 2005 writes it: windows-1251, eight bits, encoded words in the header. */
function asCp1251(letter: TourLetter, index: number, mailbox: string, receivedAt: number): Uint8Array {
  const word = (text: string): string => `=?windows-1251?B?${encodeCp1251(text).toString('base64')}?=`;
  const [, name = '', address = ''] = /^"(.*)" <(.*)>$/.exec(letter.from) ?? [];
  const header = [
    `From: ${word(name)} <${address}>`,
    `To: ${mailbox}`,
    `Subject: ${word(letter.subject)}`,
    `Date: ${new Date(receivedAt).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId(index)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=windows-1251',
    'Content-Transfer-Encoding: 8bit',
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(`${header}\r\n\r\n`, 'latin1'),
    encodeCp1251(letter.text.replaceAll('\n', '\r\n')),
  ]);
}
