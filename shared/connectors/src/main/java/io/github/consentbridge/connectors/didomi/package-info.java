/** Users and consent events in Didomi. */
@NullMarked
package io.github.consentbridge.connectors.didomi;

import org.jspecify.annotations.NullMarked;
