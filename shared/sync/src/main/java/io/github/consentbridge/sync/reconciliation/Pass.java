package io.github.consentbridge.sync.reconciliation;

import org.jspecify.annotations.Nullable;

/** One way through one side. */
interface Pass {
    /**
     * Reads a page.
     *
     * @param position what the page before gave; null for the first
     * @throws io.github.consentbridge.connectors.http.RemoteException if it cannot be read: never an empty page
     */
    Page read(@Nullable String position);
}
