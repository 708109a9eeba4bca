package io.github.consentbridge.sync.reconciliation;

/**
 * What a run has read and found so far.
 *
 * @param didomi users read
 * @param dynamics contacts read
 * @param differences found
 * @param changed differences repaired
 * @param onlyInDidomi people without a contact
 * @param onlyInDynamics contacts whose key no Didomi user has
 * @param unresolved differences that no write or event repairs
 * @param failed people who could not be settled
 * @param ignored users and contacts left out because their organization user id names nobody
 */
public record Totals(
        long didomi,
        long dynamics,
        long differences,
        long changed,
        long onlyInDidomi,
        long onlyInDynamics,
        long unresolved,
        long failed,
        long ignored) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Totals ofDidomi(int users, int ignored) {
        return new Totals(users, 0, 0, 0, 0, 0, 0, 0, ignored);
    }

    static Totals ofDynamics(int contacts, int ignored) {
        return new Totals(0, contacts, 0, 0, 0, 0, 0, 0, ignored);
    }

    /** Users and contacts. */
    public long read() {
        return didomi + dynamics;
    }

    Totals plus(Totals more) {
        return new Totals(
                didomi + more.didomi,
                dynamics + more.dynamics,
                differences + more.differences,
                changed + more.changed,
                onlyInDidomi + more.onlyInDidomi,
                onlyInDynamics + more.onlyInDynamics,
                unresolved + more.unresolved,
                failed + more.failed,
                ignored + more.ignored);
    }
}
