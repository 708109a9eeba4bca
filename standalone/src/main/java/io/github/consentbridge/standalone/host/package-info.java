/** The one-machine host: calls the functions' handlers from HTTP and from its own queue. */
@NullMarked
package io.github.consentbridge.standalone.host;

import org.jspecify.annotations.NullMarked;
