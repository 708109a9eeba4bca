package io.github.consentbridge.sync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.Site;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {
    private final Site site = new Site();
    private final Registration registration = site.registration(Site.BOTH_WAYS);
    private HttpServer proxy;
    private volatile int status = 200;

    @BeforeEach
    void start() throws Exception {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/base/health", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
        site.close();
    }

    private void register() {
        registration.register(BridgeUrl.parse(
                "--url", "http://127.0.0.1:" + proxy.getAddress().getPort() + "/base"));
    }

    @ParameterizedTest
    @CsvSource({"200, OK, answers.", "404, OK, answers.", "503, FAILED, answers 503", "502, FAILED, answers 502"})
    void answerOfTheRegisteredAddressIsJudged(int answer, State state, String words) {
        register();
        status = answer;

        Check check = PublicAddress.check(registration);

        assertThat(check.code()).isEqualTo(CheckCode.PUBLIC_ADDRESS);
        assertThat(check.state()).isEqualTo(state);
        assertThat(check.sentence()).contains("/base " + words);
    }

    @Test
    void addressThatCannotBeReachedFromHereIsAWarning() {
        register();
        proxy.stop(0);

        assertThat(PublicAddress.check(registration).state()).isEqualTo(State.WARNING);
    }

    @Test
    void withoutARegistrationItIsNotKnown() {
        Check check = PublicAddress.check(registration);

        assertThat(check.state()).isEqualTo(State.NOT_CHECKED);
        assertThat(check.sentence()).isEqualTo("not checked: no webhook is registered yet");
    }
}
