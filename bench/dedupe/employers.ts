/** Invented employers and what they look for: the material of the labelled pairs. The two halves share no employer, role or town. */

export interface Role {
  readonly title: string;
  /** What this team does; the other list is another team under the same title. */
  readonly duties: readonly string[];
  readonly otherTeam: readonly string[];
}

export interface Employer {
  readonly half: "tuned" | "held out";
  readonly name: string;
  /** The same employer as other boards write it. */
  readonly alsoCalled: readonly string[];
  readonly about: readonly string[];
  readonly town: string;
  readonly sameTown: readonly string[];
  readonly otherTown: string;
  readonly roles: readonly Role[];
}

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

export const employers: readonly Employer[] = [
  {
    half: "tuned",
    name: "Halden Freight",
    alsoCalled: ["Halden Freight GmbH", "HALDEN FREIGHT", "Halden Freight Group", "haldenfreight.com"],
    about:
      lines(`Halden Freight moves containers between harbours and warehouses for two thousand shippers in Europe.
      We are four hundred people, most of them in operations, and we ship software every working day.
      You get thirty days of leave, a rail pass, and a budget for books and conferences.`),
    town: "Munich, Germany",
    sameTown: [
      "München",
      "Munich, Bavaria, DE",
      "80331 Muenchen, Deutschland",
      "Munich (Hybrid)",
      "Remote - Munich",
    ],
    otherTown: "Hamburg, Germany",
    roles: [
      {
        title: "Senior Backend Engineer",
        duties: lines(`You own the booking service that turns a quote into a sailing within two seconds.
          You design its tables in PostgreSQL and its events in Kafka, and you answer for its alerts at night.
          You review the designs of five colleagues and write down why a decision was taken.
          You bring six years with Java or Kotlin and a system that carried real money.
          You have split a monolith once and know what you would not do again.`),
        otherTeam:
          lines(`You build the customs engine that files declarations with eleven national authorities.
          Rules change every quarter, so you write interpreters rather than if statements and test them against archives.
          You talk with customs brokers weekly and turn their exceptions into data.
          Experience with Scala and formal grammars helps, patience with XML signatures is required.
          You will travel to Rotterdam and Antwerp four times a year to sit beside the declarants.
          The team is new, has three members, and reports to the head of compliance.`),
      },
      {
        title: "Data Analyst",
        duties: lines(`You explain every Monday why containers were late, in numbers that a planner believes.
          You write SQL against our warehouse, keep forty dashboards honest and delete the ones nobody reads.
          You run experiments on pricing together with sales and report also what failed.
          You bring three years of analysis, statistics that survive a second look, and plain English.`),
        otherTeam: lines(`You work for finance and reconcile carrier invoices with what was really shipped.
          You find duplicate surcharges, argue them with carriers, and build the report that finds the next ones.
          Excel is where most of it lives today and Python is where you will move it.
          You know accruals, demurrage and how a bill of lading is read.
          A degree in accounting is welcome, a suspicious mind is required.`),
      },
    ],
  },
  {
    half: "tuned",
    name: "Corvid Health",
    alsoCalled: [
      "Corvid Health, Inc.",
      "Corvid Health Inc",
      "The Corvid Health Company",
      "Corvid Health LLC",
    ],
    about: lines(`Corvid Health runs eleven clinics and the software that keeps their waiting rooms short.
      Clinicians and engineers sit on one floor, and every release is tried by a nurse first.
      We offer medical cover from the first day and four months of parental leave.`),
    town: "Portland, OR",
    sameTown: [
      "Portland, Oregon",
      "Portland, OR, US",
      "Portland, OR 97201",
      "Portland, OR (Remote)",
      "Greater Portland Area, OR",
    ],
    otherTown: "Portland, ME",
    roles: [
      {
        title: "Registered Nurse - Intensive Care",
        duties:
          lines(`You care for two patients at a time on a ward with twenty four beds and a pharmacist on the floor.
          You titrate drips, read ventilators and speak up when an order looks wrong.
          Shifts are twelve hours, three a week, and the roster is fixed six weeks ahead.
          You hold an Oregon licence, ACLS and two years in critical care.`),
        otherTeam: lines(`You staff the transfer team that brings critical patients in by road and by air.
          You stabilise in kitchens and on roadsides, with one medic and whatever fits into two bags.
          You must be able to lift fifty pounds, sleep in short pieces and write a handover in four minutes.
          Flight certification is paid for by us within the first year.
          Calls come at any hour, and a month has ten of these shifts.`),
      },
      {
        title: "Product Designer II",
        duties:
          lines(`You design the screens by which a clinic books, moves and cancels forty thousand visits a month.
          You test with patients who are seventy, in pain and on a phone with a cracked display.
          You keep the component library and defend its contrast ratios.
          You bring a portfolio with shipped work and reasons, and four years of practice.`),
        otherTeam:
          lines(`You own the clinicians' side: charting, orders and the in basket that nobody empties.
          You shadow night shifts, count clicks and remove them one by one with engineering.
          You know what a medication reconciliation is or learn it in a month.
          Prototypes in code are how this team argues, so you write some React yourself.
          You present to the medical board every quarter.`),
      },
    ],
  },
  {
    half: "held out",
    name: "Brezel & Söhne",
    alsoCalled: [
      "Brezel und Soehne GmbH & Co. KG",
      "Brezel & Söhne AG",
      "BREZEL & SÖHNE",
      "Brezel & Söhne Deutschland GmbH",
    ],
    about: lines(`Brezel & Söhne bakes for six hundred shops and has done so since 1921, by now with robots.
      Our plants run around the clock, our offices do not, and lunch is bread.
      You receive a thirteenth salary, a bicycle on lease and shares in the company.`),
    town: "Cologne, Germany",
    sameTown: [
      "Köln",
      "Koeln, Nordrhein-Westfalen",
      "50667 Köln, DE",
      "Cologne, NRW, Germany (Hybrid)",
      "Köln, Deutschland",
    ],
    otherTown: "Leipzig, Germany",
    roles: [
      {
        title: "Marketing Manager",
        duties:
          lines(`You bring the new sourdough into ten cities and know before the budget is gone whether it sells.
          You brief two agencies, write the words on the bag yourself and argue with the nutrition lawyers.
          You plan promotions with trade partners a season ahead and count what they returned.
          You have marketed food for five years and read a Nielsen panel without help.`),
        otherTeam:
          lines(`You lead employer marketing: bakers, mechanics and drivers have to want to work here at four in the morning.
          You film in plants, visit vocational schools and run the apprentices' channel.
          You measure applications per shift and pay per hire, and you stop what does not work.
          Ideally you come from recruiting and have managed a team of three.
          Dialect is no obstacle.`),
      },
      {
        title: "Junior Controller",
        duties:
          lines(`You close the month of three plants by the fourth working day and explain flour against plan.
          You build the cost sheet of each new product with production and purchasing.
          You prepare the forecast in SAP and ask the questions that its owners avoid.
          You studied business, like depreciation, and have worked with COPA as an intern or longer.`),
        otherTeam:
          lines(`You support the shops: rent, staffing and shrinkage of six hundred branches are your numbers.
          You visit two shops a week and learn why the till and the stock disagree.
          You automate the weekly branch report, which today takes two people a day.
          Power BI is our tool and a driving licence is needed.
          You report to the head of retail finance.`),
      },
    ],
  },
  {
    half: "held out",
    name: "Quillfeather Labs",
    alsoCalled: [
      "Quillfeather Labs Ltd.",
      "Quillfeather Labs Limited",
      "quillfeather labs",
      "Quillfeather Labs Holdings plc",
    ],
    about: lines(`Quillfeather Labs makes writing tools that eleven million pupils use at school.
      We are remote friendly, meet in person each quarter, and pay by public bands.
      Everyone has a day a month for learning and a laptop of their choice.`),
    town: "Vienna, Austria",
    sameTown: [
      "Wien",
      "Wien, Österreich",
      "1010 Wien, AT",
      "Vienna, AT (Remote)",
      "Remote - Vienna, Austria",
    ],
    otherTown: "Graz, Austria",
    roles: [
      {
        title: "Front-End Developer, Editor",
        duties:
          lines(`You build the editor itself: cursors, selections, undo and the spelling marks under a child's first essay.
          You measure keystroke latency on five year old tablets and keep it under forty milliseconds.
          You work in TypeScript without a framework where it matters and with React where it does not.
          You know contenteditable well enough to be afraid of it.`),
        otherTeam:
          lines(`You make the teacher's view of the editor: comments, rubrics and thirty documents at a glance.
          You turn interviews with teachers into prototypes within the week and throw most of them away.
          Accessibility is law in our markets, so you test with screen readers daily.
          GraphQL, Relay and a calm way with legacy Angular are useful.
          You pair with two designers in Lisbon.`),
      },
      {
        title: "Site Reliability Engineer III",
        duties:
          lines(`You keep exam mornings boring: half a million pupils log in between eight and ten past eight.
          You run Kubernetes on two clouds, rehearse failover monthly and write the postmortems.
          You bring Go or Rust, a taste for queueing theory and five years on call.
          You teach product teams to own their pagers.`),
        otherTeam:
          lines(`You build the build: four thousand pipelines a day, hermetic, cached and explained when red.
          You migrate us from Jenkins to Bazel and remote execution without stopping a release.
          You look after artefact storage, signing and the supply chain audit.
          You enjoy deleting YAML and have contributed to a build tool.
          This team has no pager.`),
      },
    ],
  },
];
