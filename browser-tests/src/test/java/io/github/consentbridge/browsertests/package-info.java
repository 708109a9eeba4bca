/** The console as people use it: in a browser, with keyboard, screen reader and both themes. */
@NullMarked
package io.github.consentbridge.browsertests;

import org.jspecify.annotations.NullMarked;
