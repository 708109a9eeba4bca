package io.github.consentbridge.delivery;

import static io.github.consentbridge.delivery.Contexts.BULK;
import static io.github.consentbridge.delivery.Contexts.FREQUENCY;
import static io.github.consentbridge.delivery.Contexts.NEWSLETTER;
import static io.github.consentbridge.delivery.Contexts.NINE;
import static io.github.consentbridge.delivery.Contexts.change;
import static io.github.consentbridge.delivery.Contexts.context;
import static io.github.consentbridge.delivery.Contexts.option;
import static io.github.consentbridge.delivery.Contexts.pair;
import static io.github.consentbridge.delivery.Contexts.preImage;
import static io.github.consentbridge.delivery.Contexts.target;
import static io.github.consentbridge.delivery.Contexts.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.AttributeName;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a change in a contact somebody decided. */
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

        assertThat(told(change))
                .containsExactlyInAnyOrder(
                        "new_newsletter purpose:newsletter=granted" + AT,
                        "donotbulkemail purpose:marketing=refused" + AT,
                        "new_frequency purpose:marketing/preference:frequency=monthly" + AT,
                        "new_topics purpose:marketing/preference:topics=news,offers" + AT);
    }

    @Test
    void whatStoodThereBeforeIsNoChoice() throws Exception {
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

        assertThat(told(change)).containsExactly("donotbulkemail purpose:marketing=granted" + AT);
    }

    @Test
    void columnThatWasEmptyBeforeIsAChoice() throws Exception {
        ContactChange change = change(context(
                "Update", target(pair("new_newsletter", "false"), MODIFIED), preImage(pair("new_newsletter", "null"))));

        assertThat(told(change, DEFAULTS)).containsExactly("new_newsletter purpose:newsletter=refused" + AT);
    }

    @Test
    void emptiedColumnIsNoChoice() throws Exception {
        ContactChange change = change(context(
                "Update",
                target(pair("new_newsletter", "null"), pair("new_topics", "[]"), MODIFIED),
                preImage(pair("new_newsletter", "true"))));

        assertThat(told(change)).isEmpty();
    }

    @Test
    void defaultsOfANewRowAreNoChoices() throws Exception {
        String body = context(
                "Create",
                target(
                        pair("new_newsletter", "false"),
                        pair("donotbulkemail", "true"),
                        pair("new_frequency", option(1)),
                        pair("new_topics", "[%s]".formatted(option(1))),
                        MODIFIED));

        assertThat(told(change(body), DEFAULTS))
                .containsExactlyInAnyOrder(
                        "donotbulkemail purpose:marketing=refused" + AT,
                        "new_topics purpose:marketing/preference:topics=news" + AT);
    }

    @Test
    void propertyIsNobodysChoice() throws Exception {
        ContactChange change = change(context("Update", target(pair("new_consentdate", "\"" + NINE + "\""), MODIFIED)));

        assertThat(told(change)).isEmpty();
    }
}
