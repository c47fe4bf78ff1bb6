import type { ConversationSource, CoreField, FULL_NAME_SOURCE } from "@rolodesk/shared/vocabulary";

/**
 * What fields for our values are called in CRMs, as property names or labels, the likeliest first. Compared without case,
 * accents, spaces and signs: "jobtitle" stands for "Job title" and "job_title".
 */
export const WELL_KNOWN_NAMES: Readonly<Record<CoreField | ConversationSource | typeof FULL_NAME_SOURCE, string[]>> = {
  firstName: ["firstname", "given name", "forename", "vorname", "prénom", "nombre", "voornaam"],
  lastName: ["lastname", "surname", "family name", "nachname", "nom de famille", "apellido", "apellidos", "achternaam"],
  email: [
    "email",
    "emailaddress1",
    "email address",
    "work email",
    "mail",
    "e-mail-adresse",
    "correo electrónico",
    "courriel",
  ],
  phone: [
    ...[
      "phone",
      "telephone1",
      "phone number",
      "telephone",
      "business phone",
      "work phone",
      "mobilephone",
      "mobile phone",
    ],
    ...["mobile", "telefon", "telefonnummer", "téléphone", "teléfono", "telefone", "telefoon"],
  ],
  company: [
    ...["company", "companyname", "business name", "organization", "organisation", "employer", "account name"],
    ...["firma", "unternehmen", "entreprise", "société", "empresa", "azienda", "bedrijf"],
  ],
  title: [
    ...["jobtitle", "job role", "position", "job position", "role", "title", "berufsbezeichnung", "fonction", "poste"],
    ...["intitulé du poste", "cargo", "puesto", "functie"],
  ],
  fullName: ["fullname", "contact name", "display name", "whole name", "vollständiger name", "nom complet"],
  pageUrl: [
    "page url",
    "chat page",
    "chat page url",
    "page address",
    "landing page",
    "landing page url",
    "conversation url",
  ],
  pageTitle: ["page title", "chat page title", "landing page title"],
  referrer: [
    "referrer",
    "referrer url",
    "referring url",
    "referring site",
    "original referrer",
    "http referrer",
    "referer",
  ],
  utmSource: ["utm source", "first utm source", "campaign source"],
  utmMedium: ["utm medium", "first utm medium", "campaign medium"],
  utmCampaign: ["utm campaign", "first utm campaign", "utm campaign name"],
  firstMessage: [
    "message",
    "first message",
    "chat message",
    "inquiry",
    "enquiry",
    "question",
    "nachricht",
    "anfrage",
    "mensaje",
  ],
  transcriptStart: ["chat transcript", "transcript", "chat history", "conversation", "chatverlauf", "description"],
  agentName: ["chat agent", "chat agent name", "agent name", "agent", "handled by"],
  endedAt: ["last chat", "last chat date", "last chat at", "chat ended", "chat ended at", "chat date", "letzter chat"],
};
