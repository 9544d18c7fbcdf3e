package org.pagetrail.store.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent;
import org.pagetrail.events.KvmEvent;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.LogEntry.Recorded;
import org.pagetrail.store.contract.Entries;

class EventNamesTest {
  @Test
  void everyEventOfEveryLayerHasAName() {
    List<Class<?>> records = new ArrayList<>();
    collect(Event.class, records);

    assertThat(new ArrayList<Class<?>>(EventNames.all().values()))
        .containsExactlyInAnyOrderElementsOf(records);
    assertThat(EventNames.all())
        .containsEntry("kvm.MemslotSet", KvmEvent.MemslotSet.class)
        .containsEntry("host.PageWritten", HostEvent.PageWritten.class);
  }

  @Test
  void theNameOfAMessageIsTheTypeOfItsEntry() {
    for (LogEntry entry : new Entries(1).next(200)) {
      if (entry instanceof Recorded recorded) {
        MessageType type = EventNames.of(recorded.entry().event());
        assertThat(type.name()).isEqualTo(entry.type());
        assertThat(EventNames.isModelEvent(type.qualifiedName())).isTrue();
      }
    }
  }

  @Test
  void aNameDoesNotComeFromAJavaPackage() {
    assertThat(EventNames.of(String.class)).isNull();
    assertThat(EventNames.isModelEvent(new QualifiedName(KvmEvent.MemslotSet.class))).isFalse();
  }

  private static void collect(Class<?> type, List<Class<?>> records) {
    if (type.isRecord()) {
      records.add(type);
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, records);
    }
  }
}
