package io.github.consentbridge.sync.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registered Dynamics really sends. */
class RegistrationDeliveryTest {
    private record Received(String path, String key) {}

    private final Site site = new Site();
    private final DataverseSimulator dataverse = site.simulators.dataverse();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer bridge;
    private UUID contact;

    @BeforeEach
    void register() throws IOException {
        bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bridge.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("x-our-key")));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        bridge.start();
        contact = dataverse.addContact(Map.of("new_key", "ada"));
        site.registration(Site.BOTH_WAYS).register(url());
    }

    @AfterEach
    void stop() {
        bridge.stop(0);
        site.close();
    }

    @Test
    void editOfAMappedColumnArrivesWithOurHeader() {
        dataverse.editContact(contact, Map.of("new_newsletter", true));

        List<Integer> answers = dataverse.deliverAll();

        assertThat(answers).containsExactly(202);
        assertThat(received).containsExactly(new Received("/webhooks/dynamics", "first-value-for-dynamics"));
    }

    @Test
    void editOfAnUnmappedColumnIsNotSent() {
        dataverse.editContact(contact, Map.of("lastname", "Byron", "donotphone", true));

        assertThat(dataverse.pending()).isEmpty();
    }

    @Test
    void changedKeyNewContactAndDeletedContactAreSent() {
        dataverse.editContact(contact, Map.of("new_key", "byron"));
        UUID other = dataverse.addContact(Map.of("new_key", "blaise"));
        dataverse.deleteContact(other);

        assertThat(dataverse.pending())
                .extracting(delivery -> delivery.message())
                .containsExactly("Update", "Create", "Delete");
    }

    @Test
    void rotatedValueIsSentFromThenOn() {
        site.webhooks = Site.webhooks("second-value-for-dynamics", "second-secret-for-didomi");
        site.registration(Site.BOTH_WAYS).register(url());
        dataverse.editContact(contact, Map.of("new_newsletter", true));

        dataverse.deliverAll();

        assertThat(received).extracting(Received::key).containsExactly("second-value-for-dynamics");
    }

    @Test
    void deliveryShowsNothingButTheNeededColumns() {
        dataverse.editContact(contact, Map.of("lastname", "Byron"));
        dataverse.editContact(contact, Map.of("new_newsletter", true));

        assertThat(dataverse.pending().get(0).body())
                .contains("\"pre\"", "\"post\"", "new_newsletter", "\"ada\"")
                .doesNotContain("\"lastname\"");
    }

    private BridgeUrl url() {
        return BridgeUrl.parse(
                "--url", "http://127.0.0.1:" + bridge.getAddress().getPort());
    }
}
