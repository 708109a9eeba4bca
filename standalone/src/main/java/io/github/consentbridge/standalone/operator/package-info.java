/** The bridge that an operator's commands and the console work on, wherever it runs. */
@NullMarked
package io.github.consentbridge.standalone.operator;

import org.jspecify.annotations.NullMarked;
