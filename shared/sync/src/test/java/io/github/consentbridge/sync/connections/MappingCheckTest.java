package io.github.consentbridge.sync.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.registration.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole check, as a command makes it before it reads anything. */
class MappingCheckTest {
    private final Site site = new Site();

    @BeforeEach
    void list() {
        site.simulators.didomi().knowsPreference("newsletter", "frequency", "weekly", "monthly");
        site.simulators.didomi().knowsPurpose("offers");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private static String document(String... mappings) {
        return """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme", "contact_key": "new_key"},
                 "mappings": [%s]}""".formatted(String.join(",", mappings));
    }

    @Test
    void whatFitsIsAcceptedInSixRequests() {
        MappingCheck check = site.mappingCheck(document("""
                {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""", """
                {"id": "description", "value": {"purpose": "newsletter", "preference": "frequency"}}"""));

        assertThatCode(check::refuse).doesNotThrowAnyException();

        assertThat(site.simulators.dataverse().counters().requests()
                        + site.simulators.didomi().counters().requests())
                .isLessThanOrEqualTo(6);
    }

    @Test
    void everythingIsFoundAtOnce() {
        MappingCheck check = site.mappingCheck(document(
                "{\"id\": \"donotemail\", \"value\": {\"purpose\": \"newsletter\"}}",
                "{\"id\": \"firstname\", \"value\": {\"purpose\": \"newsletter\"}}",
                "{\"id\": \"new_offers\", \"value\": {\"purpose\": \"ofers\"}}",
                "{\"id\": \"new_gone\", \"value\": {\"purpose\": \"offers\"}}",
                "{\"id\": \"jobtitle\", \"value\": {\"purpose\": \"newsletter\", \"preference\": \"frequenz\"}}"));

        assertThatThrownBy(check::refuse)
                .isInstanceOfSatisfying(
                        RefusedMappingsException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::pointer)
                                .contains(
                                        "/mappings/0",
                                        "/mappings/1",
                                        "/mappings/2/value",
                                        "/mappings/3",
                                        "/mappings/4/value"))
                .hasMessageStartingWith("nothing is written until these mappings are corrected:\n/mappings/0: ");
    }

    @ParameterizedTest
    @EnumSource(names = {"METADATA", "PURPOSES", "PREFERENCES"})
    void whatCannotBeReadIsAFailureAndNoAllClear(RouteKind kind) {
        site.simulators.dataverse().faults().always(kind, Fault.status(503));
        site.simulators.didomi().faults().always(kind, Fault.status(503));
        MappingCheck check = site.mappingCheck(document("""
                {"id": "description", "value": {"purpose": "newsletter", "preference": "frequency"}}"""));

        assertThatThrownBy(check::refuse).isInstanceOf(RemoteException.class).hasMessageContaining("503");
    }

    /** What one list does not show must not hide what the other shows. */
    @Test
    void purposesAreCheckedEvenIfPreferencesMayNotBeListed() {
        site.simulators.didomi().faults().always(RouteKind.PREFERENCES, Fault.status(403));
        MappingCheck check = site.mappingCheck(document("""
                {"id": "description", "value": {"purpose": "newsleter", "preference": "frequency"}}"""));

        assertThatThrownBy(check::refuse)
                .isInstanceOf(RefusedMappingsException.class)
                .hasMessageContaining("Didomi does not list the purpose newsleter");
    }

    @Test
    void mistypedInstanceIsASentenceAboutTheSecret() {
        site.instance = "https://acme.crm4.dynamic.com";
        MappingCheck check = site.mappingCheck(Site.BOTH_WAYS);

        assertThatThrownBy(check::refuse)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("instance is on acme.crm4.dynamic.com");
    }
}
