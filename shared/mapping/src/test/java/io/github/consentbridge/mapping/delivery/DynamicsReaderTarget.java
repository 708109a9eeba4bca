package io.github.consentbridge.mapping.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.json.Surrogates;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/** Whatever Dynamics sends is read or refused, and the choices that are read can be stored. */
final class DynamicsReaderTarget {
    private DynamicsReaderTarget() {}

    /** Nothing of the body: names of members, and ASCII. */
    private static final Pattern MESSAGE = Pattern.compile("[ -~]{1,200}");

    private static final DynamicsReader READER = new DynamicsReader(
            Contexts.integration("\"contact_key\": \"new_didomiid\", \"on_contact_deleted\": \"withdraw\","));

    private static final Instant RECEIVED = Instant.parse("2026-10-02T08:15:30Z");

    private static final ContactChoices CHOICES = Contexts.choices(Map.of());

    static void read(byte[] input) {
        try {
            if (READER.read(new String(input, UTF_8), RECEIVED) instanceof ContactChange change) {
                assertCanBeStored(change);
            }
        } catch (MalformedDeliveryException e) {
            assertThat(MESSAGE.matcher(e.getMessage()).matches()).isTrue();
        }
    }

    private static void assertCanBeStored(ContactChange change) {
        assertThat(change.key() == null || Surrogates.arePaired(change.key())).isTrue();
        assertThat(change.target().unreadable().values())
                .allSatisfy(type -> assertThat(type).matches("[ -~]{1,60}"));
        if (change.stamp() != null) {
            for (Choice choice : CHOICES.of(change, change.stamp(), "d1")) {
                assertThat(Surrogates.arePaired(choice.toString())).isTrue();
            }
        }
    }
}
