import type { Language } from '#shared/text/language.ts';
import type { Random } from './random.ts';

/** Somebody who writes to the service. */
export interface Person {
  readonly name: string;
  readonly post: string;
  readonly address: string;
  readonly phone: string;
}

/** A client of the service; all of them are invented. */
export interface Institution {
  readonly name: string;
  readonly site: string;
  /** What its people write in. */
  readonly language: Exclude<Language, 'en'>;
  readonly people: readonly [Person, Person];
}

const russian: readonly (readonly [name: string, host: string])[] = [
  ['ГУО «Средняя школа № 3 г. Ольховска»', 'sh3-olhovsk'],
  ['ГУО «Средняя школа № 7 г. Ольховска»', 'sh7-olhovsk'],
  ['ГУО «Средняя школа № 12 г. Ольховска»', 'sh12-olhovsk'],
  ['ГУО «Гимназия № 2 г. Ольховска»', 'gimn2-olhovsk'],
  ['ГУО «Гимназия г. Заречинска»', 'gimn-zarechinsk'],
  ['ГУО «Лицей г. Заречинска»', 'licey-zarechinsk'],
  ['ГУО «Средняя школа № 1 г. Заречинска»', 'sh1-zarechinsk'],
  ['ГУО «Средняя школа № 4 г. Заречинска»', 'sh4-zarechinsk'],
  ['ГУО «Каменновская средняя школа»', 'sh-kamennovo'],
  ['ГУО «Верхнелугская базовая школа»', 'sh-verhnelug'],
  ['ГУО «Сосновская средняя школа»', 'sh-sosnovka'],
  ['ГУО «Начальная школа № 5 г. Ольховска»', 'nsh5-olhovsk'],
  ['ГУО «Детский сад «Родничок» г. Ольховска»', 'rodnichok'],
  ['ГУО «Детский сад «Василёк» г. Ольховска»', 'vasilek'],
  ['ГУО «Детский сад № 8 г. Заречинска»', 'ds8-zarechinsk'],
  ['ГУО «Детский сад № 14 г. Заречинска»', 'ds14-zarechinsk'],
  ['ГУО «Детский сад «Теремок» аг. Сосновка»', 'teremok'],
  ['ГУО «Детский сад «Лесная сказка»', 'lesnaya-skazka'],
  ['ГУО «Детский сад № 22 г. Приозёрска»', 'ds22-priozersk'],
  ['ГУО «Ясли-сад № 31 г. Приозёрска»', 'yasli31-priozersk'],
  ['ГУО «Средняя школа № 2 г. Приозёрска»', 'sh2-priozersk'],
  ['ГУО «Средняя школа № 9 г. Приозёрска»', 'sh9-priozersk'],
  ['ГУО «Вечерняя школа г. Приозёрска»', 'vsh-priozersk'],
  ['УО «Ольховский аграрный колледж»', 'agrocollege'],
  ['УО «Приозёрский колледж искусств»', 'artcollege'],
  ['УО «Заречинский медицинский колледж»', 'medcollege'],
  ['ГУДО «Центр творчества детей и молодёжи г. Ольховска»', 'ctdm-olhovsk'],
  ['ГУДО «Дворец детей и молодёжи г. Приозёрска»', 'ddm-priozersk'],
  ['ГУДО «Эколого-биологический центр»', 'ecocentr'],
  ['ГУ «Ольховская центральная районная библиотека»', 'biblio-olhovsk'],
  ['ГУ «Приозёрская городская библиотека»', 'biblio-priozersk'],
  ['ГУ «Заречинская детская библиотека»', 'biblio-zarechinsk'],
  ['Отдел по образованию Ольховского райисполкома', 'roo-olhovsk'],
  ['Отдел по образованию Заречинского райисполкома', 'roo-zarechinsk'],
  ['Отдел культуры Приозёрского райисполкома', 'kultura-priozersk'],
  ['ГУ «Ольховский районный центр культуры»', 'rck-olhovsk'],
  ['ГУО «Детская школа искусств г. Заречинска»', 'dshi-zarechinsk'],
  ['ГУО «Детская музыкальная школа № 1»', 'dmsh1'],
  ['УЗ «Ольховская центральная районная больница»', 'crb-olhovsk'],
  ['УЗ «Заречинская районная поликлиника»', 'poliklinika-z'],
  ['ГУ «Территориальный центр социального обслуживания населения г. Приозёрска»', 'tcson-priozersk'],
  ['ГУО «Центр коррекционно-развивающего обучения»', 'ckroir'],
];

const belarusian: readonly (readonly [name: string, host: string])[] = [
  ['ДУА «Вербаўская сярэдняя школа»', 'sh-verbauka'],
  ['ДУА «Сярэдняя школа № 3 г. Залужжа»', 'sh3-zaluzhzha'],
  ['ДУА «Гімназія імя Ф. Багушэвіча г. Залужжа»', 'gimn-zaluzhzha'],
  ['ДУА «Падлесская базавая школа»', 'sh-padlesse'],
  ['ДУА «Дзіцячы сад «Званочак»', 'zvanochak'],
  ['ДУА «Дзіцячы сад № 4 г. Залужжа»', 'ds4-zaluzhzha'],
  ['ДУА «Яслі-сад «Вясёлка»', 'vyasiolka'],
  ['ДУ «Залужская раённая бібліятэка»', 'bibl-zaluzhzha'],
  ['ДУ «Вербаўская сельская бібліятэка»', 'bibl-verbauka'],
  ['Дом культуры аг. Вербаўка', 'dk-verbauka'],
  ['Дом рамёстваў г. Залужжа', 'dom-ramiostvau'],
  ['Залужскі гісторыка-краязнаўчы музей', 'muzej-zaluzhzha'],
  ['Аддзел культуры Залужскага райвыканкама', 'kultura-zaluzhzha'],
  ['Аддзел па адукацыі Залужскага райвыканкама', 'raa-zaluzhzha'],
  ['ДУА «Дзіцячая школа мастацтваў г. Залужжа»', 'dshm-zaluzhzha'],
  ['УА «Залужскі прафесійны ліцэй»', 'licej-zaluzhzha'],
  ['ДУА «Прыазёрная сярэдняя школа»', 'sh-pryaziornaya'],
  ['ДУДА «Цэнтр дзіцячай творчасці г. Залужжа»', 'cdt-zaluzhzha'],
];

const names = {
  ru: {
    first: [
      'Марина Ковалевич marina.kovalevich',
      'Ирина Василевская vasilevskaya',
      'Ольга Чернявская o.chernyavskaya',
      'Светлана Громыко s.gromyko',
      'Павел Дробыш drobysh',
      'Наталья Юркевич yurkevich.n',
      'Елена Стасевич stasevich',
      'Татьяна Климук t.klimuk',
      'Анна Рудая rudaya',
      'Виктор Шпак v.shpak',
      'Галина Марчук marchuk.g',
      'Людмила Бортник bortnik',
      'Юлия Савченко savchenko.y',
      'Дмитрий Кулик kulik.d',
      'Валентина Жук v.zhuk',
      'Екатерина Лось los',
      'Оксана Римша rimsha',
      'Инна Полещук i.poleschuk',
      'Сергей Гончар gonchar',
      'Жанна Дашкевич dashkevich',
      'Алла Ярош yarosh',
      'Надежда Комар komar.n',
    ],
    posts: [
      'заместитель директора',
      'директор',
      'методист',
      'ответственный за сайт',
      'специалист',
      'секретарь',
      'заведующий',
      'инженер',
    ],
  },
  be: {
    first: [
      'Алена Шчарбіна shcharbina',
      'Ірына Лапіцкая lapickaja',
      'Уладзімір Кавальчук u.kavalchuk',
      'Святлана Бабрык babryk',
      'Вольга Астроўская astrouskaja',
      'Мікалай Шыманскі shymanski',
      'Таццяна Дзямідчык dziamidchyk',
      'Наталля Гарбуз harbuz.n',
      'Язэп Ляўковіч liaukovich',
      'Кацярына Пташнік ptashnik',
      'Зміцер Сыс sys.z',
      'Людміла Рагойша rahojsha',
    ],
    posts: ['дырэктар', 'намеснік дырэктара', 'адказны за сайт', 'спецыяліст', 'загадчык', 'метадыст'],
  },
} as const;

/** Sixty institutions, each with two people who write. */
export function makeInstitutions(random: Random): Institution[] {
  const make = (language: Institution['language'], [name, host]: readonly [string, string]): Institution => {
    const [first, second] = random.shuffle(names[language].first);
    const person = (given = ''): Person => {
      const words = given.split(' ');
      return {
        name: words.slice(0, 2).join(' '),
        post: random.pick<string>(names[language].posts),
        address: `${words[2] ?? 'sekretar'}@${host}.example`,
        phone: `8 (0${random.pick(['17', '152', '162', '212', '232'])}) 555-${random.integer(10, 99)}-${random.integer(10, 99)}`,
      };
    };
    return { name, site: `${host}.example`, language, people: [person(first), person(second)] };
  };
  return [...russian.map((entry) => make('ru', entry)), ...belarusian.map((entry) => make('be', entry))];
}
