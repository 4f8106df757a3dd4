// Starts GOV.UK Frontend's components: the menu on a narrow screen, the error summary, one press for one button.
import { initAll } from "../govuk/govuk-frontend.min.js";

initAll();
