package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Checks whether something answers at the address that the other systems call, as far as this machine can see it. */
public final class PublicAddress {
    private static final String SUBJECT = "public address";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SERVER_ERROR = 500;

    private PublicAddress() {}

    /** One request to the registered address, without a credential; never throws. Safe to repeat. */
    public static Check check(Registration registration) {
        try {
            Optional<BridgeUrl> address = registration.registeredAddress();
            return address.map(PublicAddress::check).orElseGet(() -> notKnown("no webhook is registered yet"));
        } catch (BridgeException e) {
            return notKnown("the registered address cannot be read now");
        }
    }

    private static Check notKnown(String why) {
        return new Check(CheckCode.PUBLIC_ADDRESS, SUBJECT, State.NOT_CHECKED, "not checked: " + why);
    }

    private static Check check(BridgeUrl address) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = HttpRequest.newBuilder(address.base().resolve("/health"))
                .timeout(PATIENCE)
                .build();
        try {
            return answered(
                    address, http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return new Check(
                    CheckCode.PUBLIC_ADDRESS,
                    SUBJECT,
                    State.WARNING,
                    address + " cannot be reached from this machine: check its name, the proxy and the firewall, unless"
                            + " only the other systems can reach it.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notKnown("interrupted");
        }
    }

    /** On AWS there is no such path, and 404 is an answer too. */
    private static Check answered(BridgeUrl address, int status) {
        return status < SERVER_ERROR
                ? new Check(CheckCode.PUBLIC_ADDRESS, SUBJECT, State.OK, address + " answers.")
                : new Check(
                        CheckCode.PUBLIC_ADDRESS,
                        SUBJECT,
                        State.FAILED,
                        address + " answers " + status
                                + ": look at the bridge's own /health, start run if it is not up, and check that the proxy"
                                + " forwards to its port.");
    }
}
