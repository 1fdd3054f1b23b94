import * as z from 'zod/mini';
import { parseJson } from './answers.ts';
import type { KubernetesClient } from './client.types.ts';
import type { Exchange } from './exchange.ts';
import { invalidBody } from './failures.ts';

type Question = Parameters<KubernetesClient['mayI']>[0];
type User = Parameters<KubernetesClient['mayI']>[1];

const answer = z.object({
  status: z.object({
    allowed: z.boolean(),
    reason: z.optional(z.string()),
    evaluationError: z.optional(z.string()),
  }),
});

/** SelfSubjectAccessReview, or SubjectAccessReview about `user`. `pods/log` asks for a sub-resource. */
export async function reviewAccess(
  { server, exchange }: { server: string; exchange: Exchange },
  question: Question,
  user: User,
): Promise<{ allowed: boolean; reason: string }> {
  const { body } = await exchange({
    method: 'POST',
    path: `/apis/authorization.k8s.io/v1/${user ? 'subjectaccessreviews' : 'selfsubjectaccessreviews'}`,
    body: JSON.stringify(review(question, user)),
    repeatable: true,
  });
  const parsed = answer.safeParse(parseJson(server, body));
  if (!parsed.success) throw invalidBody(server, 'is not an access review', parsed.error);
  const { allowed, reason, evaluationError } = parsed.data.status;
  return { allowed, reason: [reason, evaluationError].filter(Boolean).join('; ') };
}

function review(question: Question, user: User) {
  const [resource, subresource] = question.resource.split('/', 2);
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: user ? 'SubjectAccessReview' : 'SelfSubjectAccessReview',
    spec: {
      resourceAttributes: { ...question, resource, ...(subresource ? { subresource } : {}) },
      ...(user ? { user: user.name, groups: user.groups } : {}),
    },
  };
}
