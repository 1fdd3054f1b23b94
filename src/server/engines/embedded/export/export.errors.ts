import { ProblemError } from '../../../platform/problems.ts';

const nothingLeft = 'Nothing of it can be seen at the target; the backup itself is untouched.';

export const targetInvalid = () =>
  new ProblemError({
    code: 'export.target_invalid',
    status: 400,
    title: 'An export goes to a folder or to S3: exactly one of them has to be given.',
    detail: 'Nothing was written. Give either folder or s3.',
  });

export const exportRootMissing = () =>
  new ProblemError({
    code: 'export.no_root',
    status: 409,
    title: 'Exports to folders are switched off: no folder for them was named at start.',
    detail: 'Nothing was written. Start Lifeboat with --export-root DIR, or export to S3.',
  });

export const exportRootUnusable = (code: string) =>
  new ProblemError({
    code: 'export.root_unusable',
    status: 409,
    title: `The folder named by --export-root cannot be opened (${code}).`,
    detail:
      'Nothing was written. Make sure that it exists and its disk is mounted; then try again.',
  });

export const folderOutside = () =>
  new ProblemError({
    code: 'export.folder_outside',
    status: 422,
    title: 'This folder is not below the one named by --export-root.',
    detail:
      'Nothing was written. Give a path relative to it, without .. and without links that lead out.',
  });

export const folderUnusable = (code: string) =>
  new ProblemError({
    code: 'export.folder_unusable',
    status: 409,
    title: `Lifeboat cannot write to this folder (${code}).`,
    detail: `${nothingLeft} Correct the path or its rights; then export again.`,
  });

export const diskFull = () =>
  new ProblemError({
    code: 'export.disk_full',
    status: 507,
    title: 'The disk of the export folder is full.',
    detail: `${nothingLeft} Make room or choose another folder; then export again.`,
  });

export const nameTaken = (name: string, where: string) =>
  new ProblemError({
    code: 'export.name_taken',
    status: 409,
    title: `There is a backup ${name} in ${where} already.`,
    detail: 'Nothing was changed there. Choose another folder or prefix, or remove the old export.',
  });

export const prefixInvalid = () =>
  new ProblemError({
    code: 'export.prefix_invalid',
    status: 422,
    title: 'This prefix has empty parts, . or .., or characters that cannot be printed.',
    detail: 'Nothing was written. Give names separated by single slashes, such as clusters/prod.',
  });

export const endpointInvalid = () =>
  new ProblemError({
    code: 'export.endpoint_invalid',
    status: 422,
    title:
      'The endpoint of an S3 store is an http or https address without user, query or fragment, and not a link-local one.',
    detail: 'Nothing was written. The key goes into accessKeyId and secretAccessKey.',
  });

export const bucketUnknown = (bucket: string) =>
  new ProblemError({
    code: 'export.bucket_unknown',
    status: 422,
    title: `The S3 server knows no bucket ${bucket}.`,
    detail: 'Nothing was written. Check name, endpoint and region; Lifeboat never makes buckets.',
  });

export const credentialsRefused = (reason: string) =>
  new ProblemError({
    code: 'export.credentials_refused',
    status: 422,
    title: `The S3 server refused the credentials (${reason}).`,
    detail:
      'No backup can be seen there. The key has to be right, the clock too, and it has to allow s3:ListBucket, PutObject, DeleteObject and AbortMultipartUpload.',
  });

export const redirected = (status: number) =>
  new ProblemError({
    code: 'export.redirected',
    status: 422,
    title: `The S3 server sent us to another address (${status}), which Lifeboat does not follow.`,
    detail: 'Nothing was written. Give the endpoint and region where the bucket really is.',
  });

export const notS3 = () =>
  new ProblemError({
    code: 'export.not_s3',
    status: 422,
    title: 'What answered at this endpoint is not an S3 server.',
    detail: 'Nothing was written. Check the address and its port.',
  });

const mayRemain =
  'Velero shows nothing of it; files of it may remain below the name, and are replaced by the next try. The backup itself is untouched.';

export const storeUnreachable = (reason: string, cause?: unknown) =>
  new ProblemError(
    {
      code: 'export.store_unreachable',
      status: 502,
      title: `The S3 server cannot be reached (${reason}).`,
      detail: `${mayRemain} Check endpoint and network; then export again.`,
    },
    cause,
  );

export const storeRefused = (reason: string) =>
  new ProblemError({
    code: 'export.store_refused',
    status: 502,
    title: `The S3 server did not take the export (${reason}).`,
    detail: `${mayRemain} See what the S3 server says; then export again.`,
  });
