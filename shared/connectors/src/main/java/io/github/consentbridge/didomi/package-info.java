/** Users and consent events in Didomi. */
@NullMarked
package io.github.consentbridge.didomi;

import org.jspecify.annotations.NullMarked;
