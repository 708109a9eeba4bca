/** What an operator asks: why a contact has a value, what could not be applied, and to try it again. */
@NullMarked
package io.github.consentbridge.sync.operations;

import org.jspecify.annotations.NullMarked;
