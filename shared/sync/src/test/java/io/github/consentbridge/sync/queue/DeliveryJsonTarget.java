package io.github.consentbridge.sync.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A message is a delivery that can be sent again, or a foreign one. */
final class DeliveryJsonTarget {
    private DeliveryJsonTarget() {}

    static void read(byte[] input) {
        Delivery delivery;
        try {
            delivery = DeliveryJson.read(new String(input, UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("a queue message is not one of ours");
            return;
        }

        assertThat(DeliveryJson.read(DeliveryJson.write(delivery))).isEqualTo(delivery);
    }
}
