package io.github.consentbridge.sync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.registration.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private final Site site = new Site();

    @BeforeEach
    void prepare() {
        site.simulators.didomi().knowsPurpose("newsletter");
        site.simulators.didomi().knowsPurpose("offers");
        site.register();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private List<Check> examine() {
        return site.doctor(Site.BOTH_WAYS).examine();
    }

    private void assertFound(List<Check> checks, String subject, State state, String... words) {
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.subject()).isEqualTo(subject);
            assertThat(check.state()).isEqualTo(state);
            assertThat(check.sentence()).contains(words);
        });
    }

    @Test
    void whatIsRightIsSaidAndNothingIsWritten() {
        long writes = site.simulators.didomi().webhooks().size();

        List<Check> checks = examine();

        assertThat(checks).noneMatch(check -> check.state() == State.FAILED);
        assertFound(
                checks,
                "Dynamics",
                State.OK,
                site.simulators.dataverse().applicationUserId().toString());
        assertFound(checks, "application user", State.OK, "not a System Administrator");
        assertFound(checks, "column new_offers", State.OK, "It exists, can be read and written");
        assertFound(checks, "table contact", State.OK, "Change tracking is on");
        assertFound(checks, "Didomi", State.OK, "API key");
        assertFound(checks, "purposes", State.OK, "All mapped purposes");
        assertFound(checks, "webhooks", State.OK, "as it should be");
        assertThat(site.simulators.didomi().webhooks()).hasSize((int) writes);
    }

    @Test
    void keyColumnWithoutAlternateKeyMayNameTwoContacts() {
        assertFound(examine(), "key column", State.WARNING, "new_key is not an alternate key");
    }

    @Test
    void keyColumnThatDoesNotExistIsNamed() {
        List<Check> checks =
                site.doctor(Site.document("\"contact_key\": \"new_missing\"")).examine();

        assertFound(checks, "key column", State.FAILED, "new_missing does not exist", "set contact_key");
    }

    @Test
    void missingColumnIsNamedWithItsPlaceInTheDocument() {
        String document = Site.BOTH_WAYS.replace("\"id\": \"new_offers\"", "\"id\": \"new_offerz\"");

        List<Check> checks = site.doctor(document).examine();

        assertFound(checks, "column new_offerz", State.FAILED, "/mappings/1", "no contact column new_offerz");
        assertFound(checks, "column new_newsletter", State.OK, "It exists");
    }

    @Test
    void purposeThatDidomiDoesNotHaveIsNamedBesideThoseThatItHas() {
        String document = Site.BOTH_WAYS.replace("\"purpose\": \"offers\"", "\"purpose\": \"ofers\"");

        assertFound(
                site.doctor(document).examine(),
                "purposes",
                State.FAILED,
                "Didomi does not list the purpose ofers",
                "perhaps offers");
    }

    @Test
    void disabledStepIsFoundAndLeftAsItIs() {
        site.disable("Update");

        assertFound(examine(), "webhooks", State.FAILED, "Update of contact", "was disabled");
        assertFound(examine(), "webhooks", State.FAILED, "Update of contact", "was disabled");
    }

    @Test
    void settingsOfTheTableAndTheRoleAreSeen() {
        site.simulators.dataverse().changeTracking(false);
        site.simulators.dataverse().optimisticConcurrency(false);
        site.simulators.dataverse().systemAdministrator(true);

        List<Check> checks = examine();

        assertFound(checks, "table contact", State.WARNING, "Track changes");
        assertFound(checks, "table contact", State.FAILED, "Optimistic concurrency");
        assertFound(checks, "application user", State.WARNING, "System Administrator", "remove it now");
    }

    @Test
    void systemThatIsNotToBeHadDoesNotHideTheOther() {
        site.simulators.didomi().faults().always(RouteKind.SESSION, Fault.status(503));

        List<Check> checks = examine();

        assertFound(checks, "Didomi", State.FAILED, "503");
        assertFound(checks, "column new_offers", State.OK, "It exists, can be read and written");
    }

    @Test
    void checkThatFailsAloneHidesNoOtherOfDynamics() {
        site.simulators.dataverse().faults().always(RouteKind.WHO_AM_I, Fault.status(500));

        List<Check> checks = examine();

        assertFound(checks, "Dynamics", State.FAILED, "500");
        assertFound(checks, "column new_offers", State.OK, "It exists, can be read and written");
        assertFound(checks, "table contact", State.OK, "Change tracking is on");
        assertFound(checks, "webhooks", State.OK, "as it should be");
    }

    @Test
    void unreadableColumnsHideNoSettingOfTheTable() {
        site.simulators.dataverse().faults().always(RouteKind.BATCH, Fault.status(500));

        List<Check> checks = examine();

        assertFound(checks, "mapped columns", State.FAILED, "500");
        assertFound(checks, "table contact", State.OK, "Change tracking is on");
    }

    @Test
    void unreadableUsersHideNoPurposes() {
        site.simulators.didomi().faults().always(RouteKind.READ_USERS, Fault.status(500));

        List<Check> checks = examine();

        assertFound(checks, "Didomi", State.FAILED, "500");
        assertFound(checks, "purposes", State.OK, "All mapped purposes");
    }

    @Test
    void refusedLoginIsReportedOnce() {
        site.simulators.dataverse().faults().always(RouteKind.ANY, Fault.status(401));

        assertThat(examine())
                .filteredOn(check -> check.state() == State.FAILED)
                .singleElement()
                .satisfies(check -> assertThat(check.subject()).isEqualTo("Dynamics"));
    }

    @Test
    void privilegeThatLookingNeedsIsNamed() {
        site.simulators.dataverse().privilege("prvReadServiceEndpoint", false);

        assertFound(examine(), "webhooks", State.FAILED, "prvReadServiceEndpoint");
    }

    @Test
    void mistypedInstanceIsASentenceAndWhatDependsOnItIsNotChecked() {
        site.instance = "https://acme.crm4.dynamic.com";

        List<Check> checks = examine();

        assertFound(checks, "Dynamics", State.FAILED, "instance is on acme.crm4.dynamic.com");
        assertThat(checks)
                .filteredOn(check -> check.state() == State.FAILED)
                .as("causes only")
                .hasSize(1);
        assertFound(checks, "mapped columns", State.NOT_CHECKED, "not checked: the login to Dynamics comes first");
        assertFound(checks, "webhooks", State.NOT_CHECKED, "not checked: the logins come first");
        assertFound(checks, "Didomi", State.OK, "API key");
    }

    @Test
    void missingColumnDoesNotEndAsAdviceToRegister() {
        String document = Site.BOTH_WAYS.replace("\"id\": \"new_newsletter\"", "\"id\": \"new_newsleter\"");

        List<Check> checks = site.doctor(document).examine();

        assertThat(checks)
                .filteredOn(check -> check.state() == State.FAILED)
                .extracting(Check::subject)
                .containsExactly("column new_newsleter");
        assertThat(checks).extracting(Check::sentence).noneMatch(sentence -> sentence.contains("register"));
        assertFound(checks, "webhooks", State.NOT_CHECKED, "the columns come first");
    }

    @Test
    void whatHasDriftedIsOneResultWithALineForEach() {
        site.disable("Update");
        site.disable("Delete");

        assertThat(examine())
                .filteredOn(check -> check.state() == State.FAILED)
                .singleElement()
                .satisfies(check -> assertThat(check.sentence().lines()).hasSize(3));
    }

    @Test
    void mappingsThatTheDocumentAloneRefusesComeFirst() {
        String document = Site.BOTH_WAYS.replace("\"id\": \"new_offers\"", "\"id\": \"donotphone\"");

        Check first = site.doctor(document).examine().get(0);

        assertThat(first.code()).isEqualTo(CheckCode.DOCUMENT);
        assertThat(first.state()).isEqualTo(State.FAILED);
        assertThat(first.sentence()).contains("/mappings/1: column donotphone means refusal");
    }

    @Test
    void purposeInATextColumnIsRefusedForThatColumn() {
        String document = Site.BOTH_WAYS.replace("\"id\": \"new_offers\"", "\"id\": \"firstname\"");

        assertFound(site.doctor(document).examine(), "column firstname", State.FAILED, "would overwrite its text");
    }

    @Test
    void emailColumnAsKeyIsAWarning() {
        List<Check> checks =
                site.doctor(Site.document("\"contact_key\": \"emailaddress1\"")).examine();

        assertThat(checks)
                .filteredOn(check -> check.code() == CheckCode.KEY_STABILITY)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.state()).isEqualTo(State.WARNING);
                    assertThat(check.sentence()).contains("emailaddress1 can change", "never changes");
                });
        assertThat(examine()).noneMatch(check -> check.code() == CheckCode.KEY_STABILITY);
    }

    @Test
    void privilegeThatReadingContactsNeedsIsNamed() {
        site.simulators.dataverse().privilege("prvReadContact", false);

        assertFound(examine(), "privileges", State.FAILED, "prvReadContact", "security role");
    }

    @Test
    void eachCodeIsInTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("../../docs/doctor.md"));

        assertThat(CheckCode.values()).allSatisfy(code -> assertThat(page).contains("| `" + code.code() + "` |"));
    }
}
