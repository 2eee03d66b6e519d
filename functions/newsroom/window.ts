import { createHash } from 'node:crypto';
import { makeStoryId } from '../model/story.ts';
import type { Instant } from '../model/time.ts';
import { Communities } from './communities.ts';
import { Graph } from './graph.ts';
import { type Cluster, type HeldStory, holdStory, outletOf, type StoryFacts } from './held.ts';
import type { Model } from './model/model.ts';
import { Neighbourhood } from './neighbours.ts';
import { PassersOn } from './outlets.ts';
import { markRewrite } from './rewrites.ts';
import { TermCounts } from './vector.ts';

const byFirstSight = (a: HeldStory, b: HeldStory): number =>
  a.facts.seenAt - b.facts.seenAt || (a.facts.id < b.facts.id ? -1 : 1);

/** The stories of the last three days and the events they form. Stories come in batches, oldest batch first. */
export class NewsWindow {
  readonly model: Model;
  readonly counts: TermCounts;
  /** In order of first sight. */
  stories: HeldStory[] = [];
  readonly #byId = new Map<string, HeldStory>();
  readonly #clusters = new Map<string, Cluster>();
  readonly #graph = new Graph();
  readonly #neighbourhood: Neighbourhood;
  readonly #communities = new Communities(this.#graph);
  readonly #passersOn = new PassersOn();

  /** @param seed a number that no feed can know; changes nothing that the window tells (see `TermMap`) */
  constructor(model: Model, seed = 0) {
    this.model = model;
    this.#neighbourhood = new Neighbourhood(this.#graph, seed);
    this.counts = new TermCounts(model.background, seed);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  story(id: string): HeldStory | undefined {
    return this.#byId.get(id);
  }

  cluster(id: string): Cluster | undefined {
    return this.#clusters.get(id);
  }

  clusters(): Iterable<Cluster> {
    return this.#clusters.values();
  }

  /** Adds a batch in any order; returns the clusters that changed and live on. */
  add(batch: readonly StoryFacts[]): Set<Cluster> {
    const fresh = batch.filter((facts) => !this.#byId.has(facts.id));
    for (const facts of fresh) this.#passersOn.note(facts.source, outletOf(facts));
    const added = fresh
      .map((facts) => holdStory(facts, this.counts, this.model, this.#passersOn.has(facts.source)))
      .sort(byFirstSight);
    for (const story of added) {
      this.#neighbourhood.add(story);
      markRewrite(story, this.#graph);
      this.#byId.set(story.facts.id, story);
    }
    this.stories.push(...added);
    if (added.length > 0 && this.stories.length > added.length) this.#restoreOrder(added.length);
    return this.#name(this.#communities.settle(added));
  }

  /** Lets go of stories first seen before an instant; returns the clusters that lost some. */
  forget(before: Instant): Set<Cluster> {
    const touched = new Set<Cluster>();
    const keep = this.stories.findIndex((story) => story.facts.seenAt >= before);
    const old = this.stories.splice(0, keep < 0 ? this.stories.length : keep);
    for (const story of old) {
      this.#neighbourhood.forget(story);
      this.#byId.delete(story.facts.id);
      this.counts.count(story.language, story.terms, -1);
      this.#communities.leave(story);
      touched.add(story.cluster);
    }
    return this.#name(touched);
  }

  /** Gives a cluster another name, which who had it gives up: what a restart does to keep published ids. */
  rename(cluster: Cluster, id: string): void {
    const holder = this.#clusters.get(id);
    if (holder === cluster) return;
    this.#clusters.delete(cluster.id);
    cluster.id = id;
    this.#clusters.set(id, cluster);
    if (holder) this.#name(new Set([holder]));
  }

  #restoreOrder(added: number): void {
    const before = this.stories[this.stories.length - added - 1];
    const first = this.stories[this.stories.length - added];
    if (before && first && byFirstSight(before, first) > 0) this.stories.sort(byFirstSight);
  }

  /** Registers new clusters under free names and drops emptied ones. */
  #name(changed: ReadonlySet<Cluster>): Set<Cluster> {
    const alive = new Set<Cluster>();
    for (const cluster of changed) {
      if (cluster.members.size === 0 && this.#clusters.get(cluster.id) === cluster) this.#clusters.delete(cluster.id);
    }
    for (const cluster of changed) {
      if (cluster.members.size === 0) continue;
      alive.add(cluster);
      while ((this.#clusters.get(cluster.id) ?? cluster) !== cluster) cluster.id = nextName(cluster);
      this.#clusters.set(cluster.id, cluster);
    }
    return alive;
  }
}

/** Another id of the same shape, for a cluster whose founder still lends its id to the event that it left. */
const nextName = (cluster: Cluster): string => {
  const founder = [...cluster.members].sort(byFirstSight)[0];
  return makeStoryId(founder?.facts.seenAt ?? 0, createHash('sha256').update(`apart from ${cluster.id}`).digest('hex'));
};
