package org.pagetrail.itests.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may name which, and which may name a library. */
class ModuleDependenciesTest {

  /** A module's root package and the root packages it may name beside its own. */
  record Module(String name, Set<String> mayName) {

    String classes() {
      return "org.pagetrail." + name + "..";
    }
  }

  static Stream<Module> modules() {
    Set<String> model = Set.of("events", "qemu", "kvm", "guest");
    return Stream.of(
        new Module("events", Set.of()),
        new Module("qemu", Set.of("events")),
        new Module("kvm", Set.of("events")),
        new Module("guest", Set.of("events")),
        new Module("simulation", model),
        new Module("projections", Set.of("events")),
        new Module("traceimport", Set.of("events")),
        new Module("store", union(model, "simulation", "projections")),
        new Module("app", union(model, "simulation", "projections", "traceimport", "store")));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleNamesOnlyTheModulesBelowIt(Module module) {
    String[] others =
        modules()
            .filter(other -> !other.equals(module))
            .filter(other -> !module.mayName().contains(other.name()))
            .map(Module::classes)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(module.classes())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(others.length == 0)
        .check(ProductClasses.ALL);
  }

  @Test
  void axonIsNamedByItsAdapterAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.pagetrail.store.axon..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.axonframework..", "io.axoniq..")
        .check(ProductClasses.ALL);
  }

  @Test
  void jsonStaysOutOfTheModelAndTheFolds() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.pagetrail.events..",
            "org.pagetrail.qemu..",
            "org.pagetrail.kvm..",
            "org.pagetrail.guest..",
            "org.pagetrail.simulation..",
            "org.pagetrail.projections..")
        .and()
        .resideOutsideOfPackage("org.pagetrail.events.text..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "tools.jackson..")
        .check(ProductClasses.ALL);
  }

  private static Set<String> union(Set<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}
