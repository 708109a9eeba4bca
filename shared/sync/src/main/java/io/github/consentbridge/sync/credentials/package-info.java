/** The secret: how we prove ourselves to the other systems, and they to us. */
@NullMarked
package io.github.consentbridge.sync.credentials;

import org.jspecify.annotations.NullMarked;
