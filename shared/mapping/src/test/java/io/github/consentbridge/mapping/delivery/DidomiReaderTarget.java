package io.github.consentbridge.mapping.delivery;

import static io.github.consentbridge.mapping.delivery.Deliveries.FREQUENCY;
import static io.github.consentbridge.mapping.delivery.Deliveries.NEWSLETTER;
import static io.github.consentbridge.mapping.delivery.Deliveries.RECEIVED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.json.Surrogates;
import java.util.List;
import java.util.regex.Pattern;

/** Whatever Didomi sends or answers is read or refused, and what is read can be stored. */
final class DidomiReaderTarget {
    private DidomiReaderTarget() {}

    /** Nothing of the body: names of members, and ASCII. */
    private static final Pattern MESSAGE = Pattern.compile("[ -~]{1,200}");

    private static final DidomiReader READER = Deliveries.reader(
            NEWSLETTER,
            FREQUENCY,
            new DidomiPath.Preference(null, "topics"),
            new DidomiPath.Channel("marketing", "topics", "email"),
            new DidomiPath.Channel("marketing", null, "sms"),
            new DidomiPath.Channel(null, null, "phone"),
            new DidomiPath.Property("country"),
            new DidomiPath.Property("version"));

    private interface Read {
        void read(String text) throws MalformedDeliveryException;
    }

    static void read(byte[] input) {
        String text = new String(input, UTF_8);
        accept(text, body -> {
            if (READER.read(body, "d1", RECEIVED) instanceof News news) {
                assertCanBeStored(news);
            }
        });
        accept(
                text,
                user -> assertCanBeStored(READER.readUser(
                        new OrganizationUserId("ada"), user, Regulation.GDPR, new ClockRule(RECEIVED))));
        accept(text, event -> READER.readEvents(List.of(event), Regulation.GDPR, new ClockRule(RECEIVED)));
    }

    private static void accept(String text, Read read) {
        try {
            read.read(text);
        } catch (MalformedDeliveryException e) {
            assertThat(MESSAGE.matcher(e.getMessage()).matches()).isTrue();
        }
    }

    private static void assertCanBeStored(News news) {
        assertThat(Surrogates.arePaired(news.person().value())).isTrue();
        for (Choice choice : news.choices()) {
            assertThat(choice.value()).isNotInstanceOf(ConsentValue.Unmapped.class);
            assertThat(Surrogates.arePaired(choice.toString())).isTrue();
        }
        assertThat(Surrogates.arePaired(news.states().toString())).isTrue();
    }
}
