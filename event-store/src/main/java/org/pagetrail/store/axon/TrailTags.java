package org.pagetrail.store.axon;

import java.util.HashSet;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.TagResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.Tag;
import org.pagetrail.events.Event;
import org.pagetrail.store.Tags;

/** Tags the model's events as the log finds them: layer, slot and page. Others have no tag. */
final class TrailTags implements TagResolver {
  @Override
  public Set<Tag> resolve(EventMessage message) {
    Set<Tag> tags = new HashSet<>();
    if (message.payload() instanceof Event event) {
      Tags.of(event).forEach(tag -> tags.add(new Tag(tag.key(), tag.value())));
    }
    return tags;
  }
}
