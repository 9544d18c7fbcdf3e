package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.qemu.region.FlatView;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * All address spaces and what they show.
 *
 * @param spaces in the order they came
 * @param latest the newest view of every flat view root
 * @param built how many views were rendered so far
 */
public record AddressSpaces(List<AddressSpace> spaces, PMap<String, FlatView> latest, int built) {
  static final AddressSpaces NONE = new AddressSpaces(List.of(), TreePMap.empty(), 0);

  /** Copies the list. */
  public AddressSpaces {
    spaces = List.copyOf(spaces);
  }

  /** The address space called {@code name}, null if there is none. */
  public @Nullable AddressSpace find(String name) {
    for (AddressSpace space : spaces) {
      if (space.name().equals(name)) {
        return space;
      }
    }
    return null;
  }

  AddressSpaces plus(AddressSpace space) {
    List<AddressSpace> more = new ArrayList<>(spaces);
    more.add(space);
    return new AddressSpaces(more, latest, built);
  }

  AddressSpaces showing(List<AddressSpace> fresh) {
    return new AddressSpaces(fresh, latest, built);
  }

  AddressSpaces countView() {
    return new AddressSpaces(spaces, latest, built + 1);
  }

  AddressSpaces withLatest(FlatView view) {
    return new AddressSpaces(spaces, latest.plus(view.root(), view), built);
  }

  AddressSpaces withoutLatest(String root) {
    return new AddressSpaces(spaces, latest.minus(root), built);
  }
}
