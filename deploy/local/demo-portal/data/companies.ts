/** The six invented employers: where they are, what they do, which professions they hire and how they publish. */

export type PoolName = "backend" | "frontend" | "dataEngineering" | "marketing" | "finance" | "nursing";

export interface City {
  readonly locality: string;
  /** State or land; "" if nobody writes it. */
  readonly state: string;
  readonly country: string;
  readonly countryCode: string;
  readonly postalCode: string;
}

export interface Company {
  /** Board token and part of the addresses. */
  readonly token: string;
  readonly name: string;
  readonly legalName: string;
  /** Starts the reference numbers of its applications. */
  readonly prefix: string;
  readonly region: "eu" | "us";
  /** Where its jobs are published. `both`: on the board, and every second one on its careers site as well. */
  readonly published: "board" | "careers" | "both";
  readonly about: string;
  readonly closing: string;
  readonly benefits: readonly string[];
  readonly cities: readonly City[];
  readonly utcOffset: string;
  readonly teams: Readonly<Partial<Record<PoolName, readonly string[]>>>;
}

const city = (locality: string, state: string, country: string, countryCode: string, postalCode: string) => ({
  locality, state, country, countryCode, postalCode,
});

export const companies: readonly Company[] = [
  {
    token: "northwind", name: "Northwind Logistics", legalName: "Northwind Logistics GmbH", prefix: "NW", region: "eu",
    published: "both", utcOffset: "+01:00",
    about: "Northwind Logistics moves freight across Europe and, more importantly, knows where it is. Since 2011 our software has planned routes and tracked shipments for 1,900 carriers; today 430 people work with us.",
    closing: "We read every application ourselves and answer within ten working days. We welcome people of every background.",
    benefits: ["30 days of vacation", "A yearly learning budget of 2,000 euros", "A ticket for local transport", "Four weeks of work from abroad per year"],
    cities: [city("Berlin", "Berlin", "Germany", "DE", "10243"), city("Hamburg", "Hamburg", "Germany", "DE", "20457"), city("Rotterdam", "South Holland", "Netherlands", "NL", "3011")],
    teams: {
      backend: ["Route Planning", "Shipment Tracking", "Carrier Integrations", "Customs"],
      frontend: ["Dispatcher Cockpit", "Carrier Portal", "Customer Portal"],
      dataEngineering: ["Network Intelligence", "Fleet Data", "Pricing Data"],
      marketing: ["Carrier Acquisition", "DACH", "Benelux"],
      finance: ["Freight Operations", "Group", "Carrier Settlement"],
    },
  },
  {
    token: "lumenpay", name: "Lumen Pay", legalName: "Lumen Pay B.V.", prefix: "LP", region: "eu",
    published: "board", utcOffset: "+01:00",
    about: "Lumen Pay helps small shops across Europe take payments, online and at the counter, without a contract they cannot read. We are licensed by the Dutch central bank and serve 64,000 merchants.",
    closing: "Lumen Pay is an equal opportunity employer. Tell us if we can make the process easier for you.",
    benefits: ["Hybrid work with two office days a week", "Shares for everyone", "26 days of vacation", "A pension plan to which we add six percent"],
    cities: [city("Amsterdam", "North Holland", "Netherlands", "NL", "1017"), city("Dublin", "Leinster", "Ireland", "IE", "D02"), city("Berlin", "Berlin", "Germany", "DE", "10117")],
    teams: {
      backend: ["Payments Core", "Merchant Onboarding", "Payouts", "Card Terminals"],
      frontend: ["Merchant Dashboard", "Checkout", "Onboarding"],
      dataEngineering: ["Risk Data", "Merchant Insights", "Regulatory Reporting"],
      marketing: ["Merchant Growth", "Northern Europe", "Partners"],
      finance: ["Merchant Economics", "Regulatory", "Group"],
    },
  },
  {
    token: "clarahealth", name: "Clara Health Group", legalName: "Clara Health Group SE", prefix: "CH", region: "eu",
    published: "careers", utcOffset: "+01:00",
    about: "Clara Health Group runs fourteen hospitals and a digital clinic in Germany, Austria and Ireland. Every year more than 300,000 people trust us with their health, and 9,000 colleagues make sure they may.",
    closing: "People with disabilities are given preference where equally qualified. We look forward to meeting you.",
    benefits: ["Predictable rosters and paid overtime", "Child care near most sites", "Company pension", "Thirty days of leave"],
    cities: [city("Munich", "Bavaria", "Germany", "DE", "80331"), city("Vienna", "Vienna", "Austria", "AT", "1010"), city("Dublin", "Leinster", "Ireland", "IE", "D04")],
    teams: {
      backend: ["Digital Clinic", "Patient Records", "Appointments", "Interoperability"],
      frontend: ["Patient App", "Digital Clinic", "Staff Tools"],
      dataEngineering: ["Clinical Data Platform", "Hospital Operations", "Research Data"],
      marketing: ["Digital Clinic", "Hospitals", "Employer Marketing"],
      finance: ["Hospital Operations", "Digital Clinic", "Procurement"],
      nursing: ["Main Campus", "South Campus", "Heart Center", "Night Team"],
    },
  },
  {
    token: "brightwater", name: "Brightwater Medical Centers", legalName: "Brightwater Medical Centers, Inc.", prefix: "BW", region: "us",
    published: "both", utcOffset: "-08:00",
    about: "Brightwater Medical Centers is a nonprofit system of five hospitals in the Pacific Northwest. Our nurses voted us a place they would send their own families to, three years in a row.",
    closing: "Brightwater is an equal opportunity employer. Employment depends on a background check and proof of immunizations.",
    benefits: ["Medical, dental and vision from day one", "Tuition support up to $5,250 a year", "Self-scheduling in most units", "403(b) with employer match"],
    cities: [city("Seattle", "WA", "United States", "US", "98104"), city("Tacoma", "WA", "United States", "US", "98402"), city("Portland", "OR", "United States", "US", "97201")],
    teams: {
      nursing: ["Harbor Hospital", "Cascade Campus", "Rainier Tower", "Night Shift"],
      finance: ["Hospital Operations", "Service Lines", "Foundation"],
      dataEngineering: ["Clinical Analytics", "Population Health", "Revenue Data"],
      marketing: ["Patient Acquisition", "Foundation", "Service Lines"],
    },
  },
  {
    token: "fieldstone", name: "Fieldstone Commerce", legalName: "Fieldstone Commerce, Inc.", prefix: "FC", region: "us",
    published: "careers", utcOffset: "-06:00",
    about: "Fieldstone Commerce is the shop system behind 22,000 independent stores, from bookshops in Vermont to surf shops in Maui. We are profitable, 380 people strong, and still answer support calls in person.",
    closing: "Fieldstone is an equal opportunity employer and will consider applicants with arrest records where the law provides.",
    benefits: ["Fully paid health insurance", "Twelve weeks of parental leave", "Unlimited books from our customers", "401(k) with a four percent match"],
    cities: [city("Austin", "TX", "United States", "US", "78701"), city("Denver", "CO", "United States", "US", "80202"), city("Chicago", "IL", "United States", "US", "60607")],
    teams: {
      frontend: ["Storefront", "Checkout", "Merchant Admin", "Theme Editor"],
      backend: ["Catalog", "Orders"],
      dataEngineering: ["Merchant Analytics", "Search", "Experimentation"],
      marketing: ["Merchant Growth", "Brand Programs", "Partners"],
      finance: ["Subscriptions", "Payments", "Go-to-Market"],
    },
  },
  {
    token: "halocare", name: "Halo Care Network", legalName: "Halo Care Network LLC", prefix: "HC", region: "us",
    published: "board", utcOffset: "-05:00",
    about: "Halo Care Network brings hospital-level care home. Our nurses, software and partner hospitals look after 11,000 patients in six states who would otherwise lie in a ward.",
    closing: "Halo Care Network provides equal employment opportunities to all. Accommodations are available on request.",
    benefits: ["Medical, dental, vision", "Twenty days of paid time off", "Equity for all employees", "Home office allowance"],
    cities: [city("Chicago", "IL", "United States", "US", "60654"), city("New York", "NY", "United States", "US", "10013"), city("Boston", "MA", "United States", "US", "02110")],
    teams: {
      nursing: ["Command Center", "Partner Hospital", "Transition Unit"],
      frontend: ["Clinician Console", "Patient App", "Scheduling"],
      backend: ["Device Platform", "Scheduling"],
      dataEngineering: ["Care Analytics", "Device Data", "Payer Reporting"],
      marketing: ["Partner Hospitals", "Patient Programs", "Recruiting"],
      finance: ["Care Operations", "Payer Contracts", "Growth"],
    },
  },
];

export const companyOf = (token: string): Company | undefined => companies.find((one) => one.token === token);
