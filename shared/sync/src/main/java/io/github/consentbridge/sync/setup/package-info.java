/** The first configuration: proposes mappings from what both systems say of themselves, and writes the two documents. */
@NullMarked
package io.github.consentbridge.sync.setup;

import org.jspecify.annotations.NullMarked;
