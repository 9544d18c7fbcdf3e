/**
 * The rules that every module of Pagetrail keeps, checked on the compiled classes and the sources.
 */
@NullMarked
package org.pagetrail.itests.rules;

import org.jspecify.annotations.NullMarked;
