package org.pagetrail.itests.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The model decides from its arguments alone; what is shown does not depend on the machine. */
class PureModelTest {

  private static final String[] PURE = {
    "org.pagetrail.events..", "org.pagetrail.qemu..", "org.pagetrail.kvm..", "org.pagetrail.guest.."
  };

  private static final String[] REPEATABLE = {
    "org.pagetrail.events..",
    "org.pagetrail.qemu..",
    "org.pagetrail.kvm..",
    "org.pagetrail.guest..",
    "org.pagetrail.simulation..",
    "org.pagetrail.projections..",
    "org.pagetrail.traceimport.."
  };

  /** Calls whose answer differs between two runs with the same input. */
  private static final Set<String> UNREPEATABLE =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.getProperties",
          "java.lang.System.lineSeparator",
          "java.lang.System.identityHashCode",
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.Integer.getInteger",
          "java.lang.Long.getLong",
          "java.lang.Boolean.getBoolean",
          "java.util.Collections.shuffle");

  /** Calls whose answer follows the locale, time zone or character set of the machine. */
  private static final Set<String> LOCAL =
      Set.of(
          "java.util.Locale.getDefault",
          "java.util.TimeZone.getDefault",
          "java.time.ZoneId.systemDefault",
          "java.nio.charset.Charset.defaultCharset",
          "java.lang.String.formatted",
          "java.text.NumberFormat.getInstance");

  /** Methods that follow the machine's locale unless a {@link Locale} is their first argument. */
  private static final Set<String> LOCAL_WITHOUT_LOCALE =
      Set.of(
          "java.lang.String.format",
          "java.lang.String.toLowerCase",
          "java.lang.String.toUpperCase",
          "java.io.PrintStream.printf",
          "java.io.PrintStream.format",
          "java.io.PrintWriter.printf",
          "java.io.PrintWriter.format");

  @Test
  void theModelNamesPlainJavaOnly() {
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .and()
        .resideOutsideOfPackage("org.pagetrail.events.text..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.pagetrail..",
            "com.google.errorprone.annotations",
            "org.jspecify.annotations",
            "org.pcollections",
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream")
        .check(ProductClasses.ALL);
  }

  @Test
  void theModelStartsNoThreadAndNoProcess() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Thread.class,
            ThreadLocal.class,
            Process.class,
            ProcessBuilder.class,
            Runtime.class,
            java.util.Timer.class)
        .check(ProductClasses.ALL);
  }

  @Test
  void theSameInputGivesTheSameTrail() {
    noClasses()
        .that()
        .resideInAnyPackage(REPEATABLE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class, Random.class, SplittableRandom.class, RandomGenerator.class, UUID.class)
        .orShould()
        .accessTargetWhere(
            describe(
                "is a clock, chance or the environment",
                access -> UNREPEATABLE.contains(name(access)) || isNow(access.getTarget())))
        .check(ProductClasses.ALL);
  }

  @Test
  void textDoesNotFollowTheMachinesLocaleTimeZoneOrCharacterSet() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "follows the machine's locale, time zone or character set",
                access ->
                    LOCAL.contains(name(access))
                        || (LOCAL_WITHOUT_LOCALE.contains(name(access)) && !takesLocale(access))))
        .check(ProductClasses.ALL);
  }

  private static boolean isNow(AccessTarget target) {
    return target.getOwner().getPackageName().equals("java.time") && target.getName().equals("now");
  }

  private static boolean takesLocale(JavaAccess<?> access) {
    return access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
        && !call.getRawParameterTypes().isEmpty()
        && call.getRawParameterTypes().getFirst().isEquivalentTo(Locale.class);
  }

  private static String name(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }
}
