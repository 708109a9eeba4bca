package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreachableTest {
    private static final URI ADDRESS = URI.create("https://api.example.org:8443/v1/sessions?secret=1");

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException(), "the connection was refused"),
                Arguments.of(
                        new ConnectException().initCause(new UnresolvedAddressException()), "no such host is known"),
                Arguments.of(new UnknownHostException("x"), "no such host is known"),
                Arguments.of(new HttpConnectTimeoutException("x"), "no connection in time"),
                Arguments.of(new HttpTimeoutException("x"), "no complete answer in time"),
                Arguments.of(new SSLHandshakeException("x"), "its certificate or its TLS is not accepted"),
                Arguments.of(new IOException("EOF reached while reading"), "the connection broke off"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void hostReasonAndSettingAreNamed(Throwable cause, String reason) {
        assertThat(Unreachable.sentence(
                        "Didomi", ADDRESS, "DIDOMI_API_URL", new IOException("the exchange failed", cause)))
                .isEqualTo("Didomi could not be reached at api.example.org:8443: " + reason
                        + "; check DIDOMI_API_URL and the network");
    }
}
