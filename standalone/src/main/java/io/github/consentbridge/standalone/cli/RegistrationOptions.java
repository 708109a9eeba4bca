package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.doctor.Doctor;
import io.github.consentbridge.sync.registration.Registration;
import java.time.Clock;
import java.time.Duration;

/** How {@code register} and {@code unregister} reach both systems. */
final class RegistrationOptions {
    /** When a system is busy: who typed the command would otherwise have to repeat it. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private RegistrationOptions() {}

    static Registration registration(CommonOptions places) {
        return with(places, Registration::new);
    }

    static Doctor doctor(CommonOptions places) {
        return with(places, Doctor::new);
    }

    /** Something that is made of a configuration, its secret and the clients of both systems. */
    private interface Maker<T> {
        T of(Integration integration, Credentials credentials, Connections connections);
    }

    private static <T> T with(CommonOptions places, Maker<T> maker) {
        Clock clock = Clock.systemUTC();
        if (Deployed.isMeant(places)) {
            Deployment stack = Deployed.stack(places);
            return with(stack.integration(), stack.credentials(), clock, maker);
        }
        return with(places.integration(), new FileCredentials(places.secrets, clock), clock, maker);
    }

    private static <T> T with(Integration integration, Credentials credentials, Clock clock, Maker<T> maker) {
        RemoteSettings settings =
                RemoteSettings.standard(clock).withRetry(RetryPolicy.standard().withMaxWait(MAX_WAIT));
        return maker.of(
                integration, credentials, new Connections(integration, credentials, Environment.endpoints(), settings));
    }
}
