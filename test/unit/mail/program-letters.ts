/*
 * Letters as mail programs write them when somebody answers or sends on: own words, and what the program adds.
 */

/** What a program puts below (or around) the client's own words. */
export interface ProgramLetter {
  readonly program: string;
  readonly own: string;
  readonly added: string;
}

const ru = 'Здравствуйте! Спасибо, сайт открывается.\n\nНо пропали фотографии.';
const be = 'Добры дзень! Дзякуй, сайт адкрываецца.\n\nАле зніклі фотаздымкі.';
const en = 'Hello! Thank you, the site opens.\n\nBut the pictures are gone.';
const stp = 'СТП <info@service.example>';
const cleared = '> Здравствуйте!\n> Очистите кеш.\n>\n> С уважением, СТП';
const unmarked = 'Здравствуйте!\nОчистите кеш.\n\nС уважением, СТП';

/** Answers above the quote: `own` is what is read. */
export const answers: readonly ProgramLetter[] = [
  {
    program: 'mail.ru web',
    own: ru,
    added: `Вторник, 10 ноября 2026, 10:15 +03:00 от ${stp}:\n \n${unmarked}`,
  },
  {
    program: 'mail.ru web, new',
    own: ru,
    added: `--\nИрина Ковалёва\nОтправлено из Почты Mail\n\nвторник, 10 ноября 2026г., 10:15 +03:00 от СТП info@service.example :\n\n${cleared}`,
  },
  {
    program: 'mail.ru mobile',
    own: ru,
    added: `Отправлено из мобильной Почты Mail.Ru\nвторник, 10 ноября 2026г., 10:15 +03:00 от СТП info@service.example:\n\n${unmarked}`,
  },
  {
    program: 'mail.ru en',
    own: en,
    added: `Tuesday, November 10, 2026 10:15 AM +03:00 from ${stp}:\n \n${unmarked}`,
  },
  { program: 'myMail', own: ru, added: `Отправлено из myMail для iOS\n\n${cleared}` },
  { program: 'Yandex web', own: ru, added: `10.11.2026, 10:15, "СТП" <info@service.example>:\n\n${cleared}` },
  {
    program: 'Yandex web, with addressees',
    own: ru,
    added: `----------------\nКому: Ирина (irina@school.example);\nТема: Сайт;\n10.11.2026, 10:15, "СТП" <info@service.example>:\n\n${cleared}`,
  },
  {
    program: 'Yandex mobile',
    own: ru,
    added: `Отправлено из мобильного приложения Яндекс Почты\n\n10 ноября 2026 г., 10:15, ${stp} написал(а):\n\n${unmarked}`,
  },
  {
    program: 'Yandex be',
    own: be,
    added: `10.11.2026, 10:15, "СТП" <info@service.example>:\n\n> Ачысціце кэш.\n\n-- \nАляксей`,
  },
  {
    program: 'Outlook ru',
    own: ru,
    added: `С уважением,\nИван Петров\n\nОт: СТП [mailto:info@service.example]\nОтправлено: 10 ноября 2026 г. 10:15\nКому: Петров\nКопия: Директор\nТема: RE: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Outlook ru, bold',
    own: ru,
    added: `*От:* ${stp}\n*Отправлено:* вторник, 10 ноября 2026 г. 10:15\n*Кому:* Петров\n*Тема:* RE: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Outlook ru, double bold',
    own: ru,
    added: `**От:** ${stp}\n**Отправлено:** вторник, 10 ноября 2026 г. 10:15\n**Кому:** Петров\n**Тема:** RE: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Outlook be',
    own: be,
    added: `Ад: ${stp}\nАдпраўлена: аўторак, 10 лістапада 2026 г. 10:15\nКаму: Пятроў\nТэма: RE: Сайт\n\nАчысціце кэш.`,
  },
  {
    program: 'Outlook en',
    own: en,
    added: `From: ${stp}\nSent: Tuesday, November 10, 2026 10:15 AM\nTo: Ivan\nCc: Director\nSubject: RE: Site\n\n${unmarked}`,
  },
  {
    program: 'Outlook en, old',
    own: en,
    added: `-----Original Message-----\nFrom: STP\nSent: Tuesday\nTo: Ivan\nSubject: Site\n\n${unmarked}`,
  },
  {
    program: 'Outlook ru, old',
    own: ru,
    added: `-----Исходное сообщение-----\nОт: СТП\nКому: Иван\nТема: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Outlook iOS ru',
    own: ru,
    added: `Загрузить Outlook для iOS<https://aka.example/o0ukef>\n________________________________\nОт: ${stp}\nОтправлено: вторник, 10 ноября 2026 г. 10:15:00\nКому: Иван\nТема: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Outlook Android en',
    own: en,
    added: `Get Outlook for Android<https://aka.example/ghei36>\n________________________________\nFrom: ${stp}\nSent: Tuesday, November 10, 2026 10:15:00 AM\nTo: Ivan\nSubject: Site\n\n${unmarked}`,
  },
  {
    program: 'Outlook ru signature',
    own: ru,
    added: `Отправлено из Outlook\n\nОт: ${stp}\nДата: вторник, 10 ноября 2026 г., 10:15\nКому: Иван\nТема: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Mail for Windows ru',
    own: ru,
    added: `Отправлено из приложения "Почта" для Windows\n\nОт: СТП\nОтправлено: 10 ноября 2026 г. 10:15\nКому: Иван\nТема: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Gmail ru',
    own: ru,
    added: `вт, 10 нояб. 2026 г. в 10:15, ${stp}:\n\n${cleared}`,
  },
  {
    program: 'Gmail ru, wrapped in the address',
    own: ru,
    added: `вт, 10 нояб. 2026 г. в 10:15, Служба технической поддержки веб-мастерской <\ninfo@service.example>:\n\n${cleared}`,
  },
  {
    program: 'Gmail ru, old',
    own: ru,
    added: `10 ноября 2026 г., 10:15 пользователь СТП <info@service.example> написал:\n\n${cleared}`,
  },
  {
    program: 'Gmail be',
    own: be,
    added: `аў, 10 ліс 2026 г. у 10:15 СТП <info@service.example> піша:\n\n> Ачысціце кэш.`,
  },
  {
    program: 'Gmail be, wrapped',
    own: be,
    added: `аўт, 10 лістапада 2026 г. у 10:15 Служба тэхнічнай падтрымкі\n<info@service.example> напісаў(-ла):\n\n> Ачысціце кэш.`,
  },
  {
    program: 'Gmail en',
    own: en,
    added: `On Tue, Nov 10, 2026 at 10:15 AM ${stp} wrote:\n\n${cleared}`,
  },
  {
    program: 'Gmail en, wrapped twice',
    own: en,
    added: `On Tue, Nov 10, 2026 at 10:15 AM Technical support of the web workshop <\ninfo@service.example>\nwrote:\n\n${cleared}`,
  },
  {
    program: 'iPhone ru',
    own: ru,
    added: `Отправлено с iPhone\n\n> 10 нояб. 2026 г., в 10:15, ${stp} написал(а):\n> \n${cleared}`,
  },
  {
    program: 'iPhone ru, attribution outside',
    own: ru,
    added: `Отправлено с моего iPhone\n\n10 нояб. 2026 г., в 10:15, ${stp} написал(а):\n\n${unmarked}`,
  },
  {
    program: 'iPad en',
    own: en,
    added: `Sent from my iPad\n\n> On 10 Nov 2026, at 10:15, ${stp} wrote:\n> \n${cleared}`,
  },
  { program: 'Thunderbird ru', own: ru, added: `10.11.2026 10:15, СТП пишет:\n${cleared}\n\n-- \nИрина` },
  {
    program: 'Thunderbird ru, long date',
    own: ru,
    added: `10 ноября 2026 г. 10:15:33, СТП писал(а):\n${cleared}`,
  },
  { program: 'Thunderbird be', own: be, added: `10.11.2026 10:15, СТП піша:\n> Ачысціце кэш.` },
  { program: 'Thunderbird en', own: en, added: `On 11/10/26 10:15, STP wrote:\n${cleared}` },
  {
    program: 'The Bat',
    own: ru,
    added: `Вы писали 10 ноября 2026 г., 10:15:33:\n\n${cleared}`,
  },
  { program: 'Roundcube ru', own: ru, added: `СТП писал 2026-11-10 10:15:\n${cleared}` },
  { program: 'Roundcube be', own: be, added: `СТП пісаў(-ла) 2026-11-10 10:15:\n> Ачысціце кэш.` },
  {
    program: 'Evolution ru',
    own: ru,
    added: `В Вт, 10/11/2026 в 10:15 +0300, СТП пишет:\n${cleared}`,
  },
  {
    program: 'Zimbra ru',
    own: ru,
    added: `От: "СТП" <info@service.example>\nКому: "Ирина" <irina@school.example>\nОтправленные: Вторник, 10 Ноябрь 2026 10:15:00\nТема: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Samsung ru',
    own: ru,
    added: `Отправлено с моего смартфона Samsung Galaxy.\n\n-------- Исходное сообщение --------\nОт: ${stp}\nДата: 10.11.26 10:15 (GMT+03:00)\nКому: irina@school.example\nТема: Сайт\n\n${unmarked}`,
  },
  {
    program: 'Samsung en',
    own: en,
    added: `Sent from my Galaxy\n\n-------- Original message --------\nFrom: ${stp}\nDate: 10/11/2026 10:15 (GMT+03:00)\nTo: ivan@school.example\nSubject: Site\n\n${unmarked}`,
  },
  {
    program: 'Android be',
    own: be,
    added: `Адпраўлена з тэлефона\n\n-------- Зыходнае паведамленне --------\nАд: ${stp}\nДата: 10.11.26 10:15\nКаму: ivan@school.example\nТэма: Сайт\n\nАчысціце кэш.`,
  },
  {
    program: 'K-9 ru',
    own: ru,
    added: `10 ноября 2026 г. 10:15:00 GMT+03:00, ${stp} пишет:\n${cleared}\n\n-- \nПростите за краткость, создано в K-9 Mail.`,
  },
  {
    program: 'Xiaomi ru',
    own: ru,
    added: `Отправлено с телефона Xiaomi\n10 нояб. 2026 г. 10:15 пользователь СТП <info@service.example> написал:\n${cleared}`,
  },
  {
    program: 'Bitrix',
    own: ru,
    added: `СТП, 10.11.2026 10:15:\n${cleared}`,
  },
  {
    program: 'Bitrix, answer above the line',
    own: ru,
    added: `######## Пожалуйста, напишите ответ выше этой строки ########\n\n${unmarked}`,
  },
  {
    program: 'help desk en',
    own: en,
    added: `##- Please type your reply above this line -##\n\n${unmarked}`,
  },
];

/** Letters sent on: all of it is read. */
export const forwards: readonly { readonly program: string; readonly text: string }[] = [
  {
    program: 'Gmail',
    text: 'См. ниже.\n\n---------- Forwarded message ---------\nОт: Отдел <otdel@rono.example>\nDate: вт, 10 нояб. 2026 г. в 10:15\nSubject: Акт\nTo: <ivan@school.example>\n\nПришлите акт.\n\nС уважением,\nОтдел',
  },
  {
    program: 'Gmail be',
    text: 'Гл. ніжэй.\n\n---------- Перасланае паведамленне ----------\nАд: Аддзел\nТэма: Акт\n\nДашліце акт.\n\nЗ павагай,\nАддзел',
  },
  {
    program: 'mail.ru',
    text: 'Прошу разобраться.\n\n-------- Пересылаемое сообщение --------\nОт: Отдел <otdel@rono.example>\nКому: ivan@school.example\nДата: Вторник, 10 ноября 2026, 10:15 +03:00\nТема: Акт\n\nПришлите акт.',
  },
  {
    program: 'Yandex',
    text: '-------- Пересылаемое сообщение --------\n10.11.2026, 10:15, "Отдел" <otdel@rono.example>:\n\nПришлите акт.\n\n-------- Конец пересылаемого сообщения --------',
  },
  {
    program: 'Thunderbird',
    text: 'Для сведения\n\n-------- Перенаправленное сообщение --------\nТема: Акт\nДата: Tue, 10 Nov 2026 10:15:00 +0300\nОт: Отдел\nКому: ivan@school.example\n\nПришлите акт.\n\n-- \nОтдел',
  },
  {
    program: 'ukr.net',
    text: 'Смотрите.\n\n--- Пересланное сообщение ---\nОт: Отдел\nТема: Акт\n\nПришлите акт.',
  },
  {
    program: 'Apple',
    text: 'Начало переадресованного сообщения:\n\n> От: Отдел <otdel@rono.example>\n> Тема: Акт\n> Дата: 10 ноября 2026 г. в 10:15:00 GMT+3\n> Кому: ivan@school.example\n> \n> Пришлите акт.',
  },
  {
    program: 'Outlook without a word of his own',
    text: 'От: Отдел\nОтправлено: 10 ноября 2026 г. 10:15\nКому: Иван\nТема: Акт\n\nПришлите акт.\n\nС уважением,\nОтдел',
  },
];

/** HTML-only letters; `reply` is read of the text that is made of them. */
export const htmlLetters: readonly {
  readonly program: string;
  readonly html: string;
  readonly reply: string;
}[] = [
  {
    program: 'mail.ru',
    html: '<div>Спасибо!</div><div>&nbsp;</div><div data-signature-widget="container"><div>--<br>Ирина</div></div><blockquote style="border-left:1px solid #0857A6">Вторник, 10 ноября 2026, 10:15 +03:00 от СТП &lt;info@service.example&gt;:<br>&nbsp;<div>Очистите кеш.</div></blockquote>',
    reply: 'Спасибо!',
  },
  {
    program: 'Yandex',
    html: '<div>Спасибо!</div><div>\u00a0</div><div>----------------</div><div>Кому: Ирина (irina@school.example);</div><div>Тема: Сайт;</div><div>10.11.2026, 10:15, "СТП" &lt;info@service.example&gt;:</div><blockquote><p>Очистите кеш.</p></blockquote>',
    reply: 'Спасибо!',
  },
  {
    program: 'Gmail be',
    html: '<div dir="ltr">Дзякуй!</div><br><div class="gmail_quote"><div class="gmail_attr">аў, 10 ліс 2026 г. у 10:15 СТП &lt;<a href="mailto:info@service.example">info@service.example</a>&gt; піша:<br></div><blockquote>Ачысціце кэш.</blockquote></div>',
    reply: 'Дзякуй!',
  },
  {
    program: 'Outlook ru, bold labels and a border',
    html: '<p>Спасибо!</p><p>&nbsp;</p><p>С уважением,</p><p>Иван Петров</p><div style="border-top:solid #E1E1E1 1.0pt"><p><b>От:</b> СТП &lt;info@service.example&gt; <br><b>Отправлено:</b> вторник, 10 ноября 2026 г. 10:15<br><b>Кому:</b> Иван<br><b>Тема:</b> RE: Сайт</p></div><p>Очистите кеш.</p>',
    reply: 'Спасибо!',
  },
  {
    program: 'Outlook web, a rule above the block',
    html: '<div>Спасибо!</div><hr><div id="divRplyFwdMsg"><b>От:</b> СТП<br><b>Отправлено:</b> 10 ноября 2026 г. 10:15<br><b>Кому:</b> Иван<br><b>Тема:</b> Сайт</div><div>Очистите кеш.</div>',
    reply: 'Спасибо!',
  },
  {
    program: 'iPhone ru',
    html: '<div>Спасибо!<br><br><div>Отправлено с iPhone</div><blockquote type="cite">10 нояб. 2026 г., в 10:15, СТП &lt;info@service.example&gt; написал(а):<br><br></blockquote></div><blockquote type="cite"><div>Очистите кеш.</div></blockquote>',
    reply: 'Спасибо!',
  },
  {
    program: 'Thunderbird ru, answers between the lines',
    html: '<div class="moz-cite-prefix">10.11.2026 10:15, СТП пишет:</div><blockquote>Какой адрес?</blockquote><p>школа.бел</p><blockquote>Какой браузер?</blockquote><p>Опера</p>',
    reply: 'школа.бел\nОпера',
  },
];
