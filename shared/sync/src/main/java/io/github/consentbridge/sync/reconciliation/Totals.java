package io.github.consentbridge.sync.reconciliation;

/**
 * How far a run has come.
 *
 * @param didomi users read
 * @param dynamics contacts read
 * @param differences found
 * @param changed differences put right
 * @param onlyInDidomi people without a contact
 * @param onlyInDynamics contacts whose key no Didomi user has
 * @param unresolved values that were read and differ, and that nothing is repairing
 * @param failed people for whom it did not work
 */
public record Totals(
        long didomi,
        long dynamics,
        long differences,
        long changed,
        long onlyInDidomi,
        long onlyInDynamics,
        long unresolved,
        long failed) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

    /** Users and contacts. */
    long read() {
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
                failed + more.failed);
    }
}
