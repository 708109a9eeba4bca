package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which contact is meant by an organization user id. */
class SyncWorkerKeysTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final String LOWER = "\"key_case\": \"lower\",";

    private Systems systems = new Systems(Systems.NEWSLETTER);

    @AfterEach
    void stop() {
        systems.close();
    }

    private void use(String document) {
        systems.close();
        systems = new Systems(document);
    }

    @Test
    void keyThatDiffersInCaseIsSomebodyElse() {
        UUID other = systems.contact("ADA@example.com");

        systems.handle(systems.worker(), systems.chosen("ada@example.com", true, T7));

        assertThat(systems.newsletter(other)).isEqualTo(false);
        assertThat(systems.outcomeLog.total(Metric.NO_CONTACT)).isEqualTo(1);
    }

    @Test
    void keyWithTrailingBlankIsSomebodyElse() {
        UUID other = systems.contact("ada");

        systems.handle(systems.worker(), systems.chosen("ada ", true, T7));

        assertThat(systems.newsletter(other)).isEqualTo(false);
    }

    @Test
    void peopleWhoseKeysDifferInCaseKeepTheirOwnContacts() {
        UUID upper = systems.contact("ADA");
        UUID lower = systems.contact("ada");

        systems.handle(systems.worker(), systems.chosen("ada", true, T7), systems.chosen("ADA", false, T7));

        assertThat(systems.newsletter(lower)).isEqualTo(true);
        assertThat(systems.newsletter(upper)).isEqualTo(false);
    }

    @Test
    void lowerCaseMatchesWhateverTheCase() {
        use(Systems.document(LOWER, Systems.NEWS));
        UUID ada = systems.contact("ADA@Example.com");

        systems.handle(systems.worker(), systems.chosen("Ada@example.COM", true, T7));

        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    @Test
    void lowerCaseMakesOnePersonOfAllSpellings() {
        use(Systems.document(LOWER, Systems.NEWS));
        UUID ada = systems.contact("ada");

        systems.handle(
                systems.worker(),
                systems.chosen("Ada", true, "2026-03-01T07:00:02Z"),
                systems.chosen("ADA", false, "2026-03-01T07:00:01Z"));

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @Test
    void contactIdIsTheSameInEitherCase() {
        use(Systems.document(false, "contactid", "", Systems.NEWS));
        UUID ada = systems.dataverse.addContact(Map.of());
        String upper = ada.toString().toUpperCase(java.util.Locale.ROOT);

        systems.handle(
                systems.worker(),
                systems.chosen(upper, true, "2026-03-01T07:00:02Z"),
                systems.chosen(ada.toString(), false, "2026-03-01T07:00:01Z"));

        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.outcomeLog.total(Metric.NO_CONTACT)).isZero();
    }

    @Test
    void twoActiveContactsWithOneKeyAreADeadLetterThatNamesThem() {
        UUID one = systems.contact("zoe");
        UUID two = systems.contact("zoe");
        UUID grace = systems.contact("grace");
        Delivery ambiguous = systems.chosen("zoe", true, T7);
        Delivery plain = systems.chosen("grace", true, T7);

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(systems.worker(), ambiguous, plain);

        assertThat(deliveryOutcomes.get(ambiguous))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Dead.class,
                        dead -> assertThat(dead.reason())
                                .startsWith("ambiguous: ")
                                .contains(one.toString(), two.toString())
                                .doesNotContain("zoe"));
        assertThat(systems.writesTo(one) + systems.writesTo(two)).isZero();
        assertThat(systems.newsletter(grace)).isEqualTo(true);
    }

    @Test
    void activeContactIsMeantWhereTheOtherIsNot() {
        UUID inactive = systems.contact("ada");
        systems.dataverse.editContact(inactive, Map.of("statecode", 1));
        UUID active = systems.contact("ada");

        systems.handle(systems.worker(), systems.chosen("ada", true, T7));

        assertThat(systems.newsletter(active)).isEqualTo(true);
        assertThat(systems.writesTo(inactive)).isZero();
    }
}
