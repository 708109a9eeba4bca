/** Server-sent events: what moves on the console's pages. */
@NullMarked
package io.github.consentbridge.standalone.console.events;

import org.jspecify.annotations.NullMarked;
