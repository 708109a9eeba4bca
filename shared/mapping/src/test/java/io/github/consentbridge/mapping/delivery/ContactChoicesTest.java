package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Contexts.BULK;
import static io.github.consentbridge.mapping.delivery.Contexts.FREQUENCY;
import static io.github.consentbridge.mapping.delivery.Contexts.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Contexts.NINE;
import static io.github.consentbridge.mapping.delivery.Contexts.NINE_O_CLOCK;
import static io.github.consentbridge.mapping.delivery.Contexts.change;
import static io.github.consentbridge.mapping.delivery.Contexts.context;
import static io.github.consentbridge.mapping.delivery.Contexts.option;
import static io.github.consentbridge.mapping.delivery.Contexts.pair;
import static io.github.consentbridge.mapping.delivery.Contexts.preImage;
import static io.github.consentbridge.mapping.delivery.Contexts.reported;
import static io.github.consentbridge.mapping.delivery.Contexts.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which columns of a changed contact are choices. */
class ContactChoicesTest {
    private static final String AT = "@2026-03-01T09:00:00Z";
    private static final String MODIFIED = pair("modifiedon", "\"" + NINE + "\"");
    private static final Map<AttributeName, Object> DEFAULTS = Map.of(NEWSLETTER, false, BULK, false, FREQUENCY, 1);

    @Test
    void everySubmittedMappedColumnIsAChoice() throws Exception {
        ContactChange change = change(context(
                "Update",
                target(
                        pair("new_newsletter", "true"),
                        pair("donotbulkemail", "true"),
                        pair("new_frequency", option(2)),
                        pair("new_topics", "[%s, %s]".formatted(option(9), option(1))),
                        MODIFIED)));

        assertThat(reported(change))
                .containsExactlyInAnyOrder(
                        "new_newsletter purpose:newsletter=granted" + AT,
                        "donotbulkemail purpose:marketing=refused" + AT,
                        "new_frequency purpose:marketing/preference:frequency=monthly" + AT,
                        "new_topics purpose:marketing/preference:topics=news,offers" + AT);
    }

    @Test
    void unchangedValueIsNotAChoice() throws Exception {
        ContactChange change = change(context(
                "Update",
                target(
                        pair("new_newsletter", "true"),
                        pair("donotbulkemail", "false"),
                        pair("new_topics", "[%s, %s]".formatted(option(9), option(1))),
                        MODIFIED),
                preImage(
                        pair("new_newsletter", "true"),
                        pair("donotbulkemail", "true"),
                        pair("new_topics", "[%s, %s]".formatted(option(1), option(9))))));

        assertThat(reported(change)).containsExactly("donotbulkemail purpose:marketing=granted" + AT);
    }

    @Test
    void columnThatWasEmptyBeforeIsAChoice() throws Exception {
        ContactChange change = change(context(
                "Update", target(pair("new_newsletter", "false"), MODIFIED), preImage(pair("new_newsletter", "null"))));

        assertThat(reported(change, DEFAULTS)).containsExactly("new_newsletter purpose:newsletter=refused" + AT);
    }

    @Test
    void clearedColumnIsNotAChoice() throws Exception {
        ContactChange change = change(context(
                "Update",
                target(pair("new_newsletter", "null"), pair("new_topics", "[]"), MODIFIED),
                preImage(pair("new_newsletter", "true"))));

        assertThat(reported(change)).isEmpty();
    }

    @Test
    void defaultsOfANewRowAreNotChoices() throws Exception {
        String body = context(
                "Create",
                target(
                        pair("new_newsletter", "false"),
                        pair("donotbulkemail", "true"),
                        pair("new_frequency", option(1)),
                        pair("new_topics", "[%s]".formatted(option(1))),
                        MODIFIED));

        assertThat(reported(change(body), DEFAULTS))
                .containsExactlyInAnyOrder(
                        "donotbulkemail purpose:marketing=refused" + AT,
                        "new_topics purpose:marketing/preference:topics=news" + AT);
    }

    @Test
    void propertyIsNotAChoice() throws Exception {
        ContactChange change = change(context("Update", target(pair("new_consentdate", "\"" + NINE + "\""), MODIFIED)));

        assertThat(reported(change)).isEmpty();
    }

    /** A merge submits the values that it takes over, whether or not the row had them before. */
    @Test
    void everySubmittedConsentIsACopiedValue() throws Exception {
        ContactChange change = change(context(
                "Update",
                target(
                        pair("new_newsletter", "true"),
                        pair("donotbulkemail", "null"),
                        pair("new_frequency", option(2)),
                        pair("new_consentdate", "\"" + NINE + "\""),
                        MODIFIED),
                preImage(pair("new_newsletter", "true"))));

        List<CopiedValue> copied = Contexts.choices(DEFAULTS).copied(change, change.stamp());

        assertThat(copied)
                .extracting(CopiedValue::column, value -> value.recordId().key(), CopiedValue::value)
                .containsExactlyInAnyOrder(
                        tuple(NEWSLETTER, "gdpr|purpose:newsletter", ConsentValue.of(true)),
                        tuple(
                                FREQUENCY,
                                "gdpr|purpose:marketing/preference:frequency",
                                new ConsentValue.Text("monthly")));
        assertThat(copied)
                .extracting(CopiedValue::contactId, CopiedValue::stamp)
                .containsOnly(tuple(Contexts.ID, new Stamp(Choice.UNKNOWN_VERSION, NINE_O_CLOCK)));
    }
}
