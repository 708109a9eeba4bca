/** Long work that the console starts, shows and cancels. */
@NullMarked
package io.github.consentbridge.standalone.console.task;

import org.jspecify.annotations.NullMarked;
