package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;

/**
 * A value on its way to one place, not yet confirmed there.
 *
 * @param condition what the write depends on: the contact's ETag (once the row has another, the write has landed or
 *     never will), or the id of the Didomi event
 */
public record Writing(ConsentValue value, String condition) {}
