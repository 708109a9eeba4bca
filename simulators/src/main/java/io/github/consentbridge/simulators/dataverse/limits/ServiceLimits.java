package io.github.consentbridge.simulators.dataverse.limits;

import java.time.Duration;

/**
 * Dataverse's service protection limits, for one user and one web server.
 *
 * @param requests maximum number of requests within the window
 * @param executionTime maximum total execution time within the window
 * @param concurrent maximum number of concurrent requests
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/api-limits">API limits</a>
 */
public record ServiceLimits(int requests, Duration executionTime, int concurrent, Duration window) {
    /** 6000 requests and 20 minutes of execution within 5 minutes, 52 at once. */
    public static ServiceLimits documented() {
        return new ServiceLimits(6000, Duration.ofMinutes(20), 52, Duration.ofMinutes(5));
    }

    public static ServiceLimits none() {
        return new ServiceLimits(Integer.MAX_VALUE, Duration.ofDays(1000), Integer.MAX_VALUE, Duration.ofMinutes(5));
    }
}
