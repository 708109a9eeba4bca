package io.github.consentbridge.simulators;

import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import io.github.consentbridge.simulators.entra.EntraSimulator;
import java.time.Clock;
import java.time.Duration;

/** The three systems, connected: Dataverse accepts only Entra's tokens. */
public final class Simulators implements AutoCloseable {
    private final EntraSimulator entra;
    private final DataverseSimulator dataverse;
    private final DidomiSimulator didomi;

    private Simulators(Clock clock, int didomiPort, int dataversePort, int entraPort) {
        entra = EntraSimulator.start(clock, entraPort);
        dataverse = DataverseSimulator.start(clock, dataversePort, entra.tokens());
        didomi = DidomiSimulator.start(clock, didomiPort);
    }

    /** On free ports. */
    public static Simulators start(Clock clock) {
        return start(clock, 0, 0, 0);
    }

    /** On these ports; 0 picks a free one. */
    public static Simulators start(Clock clock, int didomiPort, int dataversePort, int entraPort) {
        return new Simulators(clock, didomiPort, dataversePort, entraPort);
    }

    public DidomiSimulator didomi() {
        return didomi;
    }

    public DataverseSimulator dataverse() {
        return dataverse;
    }

    public EntraSimulator entra() {
        return entra;
    }

    /** Delays each answer of the three systems by this much real time; for benchmarks. */
    public void latency(Duration time) {
        didomi.latency(time);
        dataverse.latency(time);
        entra.latency(time);
    }

    @Override
    public void close() {
        didomi.close();
        dataverse.close();
        entra.close();
    }
}
