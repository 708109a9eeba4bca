/** The console: a page on loopback through which an operator looks at a bridge and works on it. */
@NullMarked
package io.github.consentbridge.standalone.console;

import org.jspecify.annotations.NullMarked;
