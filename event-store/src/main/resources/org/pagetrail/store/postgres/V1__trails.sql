create table trail (
  id integer generated always as identity primary key,
  run text not null unique
);
comment on table trail is 'The trails; each has one writer at a time, who holds an advisory lock on its id.';

create table entry (
  trail integer not null references trail,
  seq bigint not null check (seq >= 0),
  time_nanos bigint,
  layer text,
  type text not null,
  standing text,
  body text not null,
  payload bytea,
  primary key (trail, seq)
);
comment on table entry is 'Events in their order; rows are added and never changed.';
comment on column entry.seq is 'Position in the trail, dense from 0.';
comment on column entry.time_nanos is
  'Nanoseconds on the trail''s clock; of a message that is no event of the model, since 1970.';
comment on column entry.layer is 'RUN, QEMU, HOST, KVM or GUEST; null for any other message.';
comment on column entry.type is 'Qualified name, such as kvm.MemslotSet.';
comment on column entry.standing is 'OBSERVED, DERIVED or ASSUMED; null for any other message.';
comment on column entry.body is
  'The line of the text form; of any other message a JSON object without its payload.';
comment on column entry.payload is 'The bytes of a message that is no event of the model.';
create index entry_by_type on entry (trail, type, seq);

create table tag (
  trail integer not null,
  key text not null,
  value text not null,
  seq bigint not null,
  primary key (trail, key, value, seq)
);
comment on table tag is 'What entries can be found by: layer, slot, gfn, pfn, hva.';
