/**
 * Every kind that kube-apiserver 1.34 serves by default, in the order of its discovery document:
 * group, version, plural, singular, kind, scope (N or C), verbs (`*`: all eight), short names,
 * categories, sub-resources (`name`, or `name:Kind:group/version:verbs` where they differ) and the
 * hash of its storage version.
 */
export const builtinTable = `
core v1 bindings binding Binding N create - - - -
core v1 componentstatuses componentstatus ComponentStatus C get+list cs - - -
core v1 configmaps configmap ConfigMap N * cm - - qFsyl6wFWjQ=
core v1 endpoints endpoints Endpoints N * ep - - fWeeMqaN/OA=
core v1 events event Event N * ev - - r2yiGXH7wu8=
core v1 limitranges limitrange LimitRange N * limits - - EBKMFVe6cwo=
core v1 namespaces namespace Namespace C create+delete+get+list+patch+update+watch ns - finalize:Namespace::update,status Q3oi5N2YM8M=
core v1 nodes node Node C * no - proxy:NodeProxyOptions::create+delete+get+patch+update,status XwShjMxG9Fs=
core v1 persistentvolumeclaims persistentvolumeclaim PersistentVolumeClaim N * pvc - status QWTyNDq0dC4=
core v1 persistentvolumes persistentvolume PersistentVolume C * pv - status HN/zwEC+JgM=
core v1 pods pod Pod N * po all attach:PodAttachOptions::create+get,binding:Binding::create,ephemeralcontainers,eviction:Eviction:policy/v1:create,exec:PodExecOptions::create+get,log:Pod::get,portforward:PodPortForwardOptions::create+get,proxy:PodProxyOptions::create+delete+get+patch+update,resize,status xPOwRZ+Yhw8=
core v1 podtemplates podtemplate PodTemplate N * - - - LIXB2x4IFpk=
core v1 replicationcontrollers replicationcontroller ReplicationController N * rc all scale,status Jond2If31h0=
core v1 resourcequotas resourcequota ResourceQuota N * quota - status 8uhSgffRX6w=
core v1 secrets secret Secret N * - - - S6u1pOWzb84=
core v1 serviceaccounts serviceaccount ServiceAccount N * sa - token:TokenRequest:authentication.k8s.io/v1:create pbx9ZvyFpBE=
core v1 services service Service N * svc all proxy:ServiceProxyOptions::create+delete+get+patch+update,status 0/CO1lhkEBI=
apiregistration.k8s.io v1 apiservices apiservice APIService C * - api-extensions status InPBPD7+PqM=
apps v1 controllerrevisions controllerrevision ControllerRevision N * - - - 85nkx63pcBU=
apps v1 daemonsets daemonset DaemonSet N * ds all status dd7pWHUlMKQ=
apps v1 deployments deployment Deployment N * deploy all scale,status 8aSe+NMegvE=
apps v1 replicasets replicaset ReplicaSet N * rs all scale,status P1RzHs8/mWQ=
apps v1 statefulsets statefulset StatefulSet N * sts all scale,status H+vl74LkKdo=
events.k8s.io v1 events event Event N * ev - - r2yiGXH7wu8=
authentication.k8s.io v1 selfsubjectreviews selfsubjectreview SelfSubjectReview C create - - - -
authentication.k8s.io v1 tokenreviews tokenreview TokenReview C create - - - -
authorization.k8s.io v1 localsubjectaccessreviews localsubjectaccessreview LocalSubjectAccessReview N create - - - -
authorization.k8s.io v1 selfsubjectaccessreviews selfsubjectaccessreview SelfSubjectAccessReview C create - - - -
authorization.k8s.io v1 selfsubjectrulesreviews selfsubjectrulesreview SelfSubjectRulesReview C create - - - -
authorization.k8s.io v1 subjectaccessreviews subjectaccessreview SubjectAccessReview C create - - - -
autoscaling v2 horizontalpodautoscalers horizontalpodautoscaler HorizontalPodAutoscaler N * hpa all status qwQve8ut294=
autoscaling v1 horizontalpodautoscalers horizontalpodautoscaler HorizontalPodAutoscaler N * hpa all status qwQve8ut294=
batch v1 cronjobs cronjob CronJob N * cj all status sd5LIXh4Fjs=
batch v1 jobs job Job N * - all status mudhfqk/qZY=
certificates.k8s.io v1 certificatesigningrequests certificatesigningrequest CertificateSigningRequest C * csr - approval,status 95fRKMXA+00=
networking.k8s.io v1 ingressclasses ingressclass IngressClass C * - - - l/iqIbDgFyQ=
networking.k8s.io v1 ingresses ingress Ingress N * ing - status 39NQlfNR+bo=
networking.k8s.io v1 ipaddresses ipaddress IPAddress C * ip - - 3f/plJFChNE=
networking.k8s.io v1 networkpolicies networkpolicy NetworkPolicy N * netpol - - YpfwF18m1G8=
networking.k8s.io v1 servicecidrs servicecidr ServiceCIDR C * - - status gNLvruQhW2g=
policy v1 poddisruptionbudgets poddisruptionbudget PodDisruptionBudget N * pdb - status EVWiDmWqyJw=
rbac.authorization.k8s.io v1 clusterrolebindings clusterrolebinding ClusterRoleBinding C * - - - 48tpQ8gZHFc=
rbac.authorization.k8s.io v1 clusterroles clusterrole ClusterRole C * - - - bYE5ZWDrJ44=
rbac.authorization.k8s.io v1 rolebindings rolebinding RoleBinding N * - - - eGsCzGH6b1g=
rbac.authorization.k8s.io v1 roles role Role N * - - - 7FuwZcIIItM=
storage.k8s.io v1 csidrivers csidriver CSIDriver C * - - - hL6j/rwBV5w=
storage.k8s.io v1 csinodes csinode CSINode C * - - - Pe62DkZtjuo=
storage.k8s.io v1 csistoragecapacities csistoragecapacity CSIStorageCapacity N * - - - xeVl+2Ly1kE=
storage.k8s.io v1 storageclasses storageclass StorageClass C * sc - - K+m6uJwbjGY=
storage.k8s.io v1 volumeattachments volumeattachment VolumeAttachment C * - - status tJx/ezt6UDU=
storage.k8s.io v1 volumeattributesclasses volumeattributesclass VolumeAttributesClass C * vac - - Bl3MtjZ/n/s=
admissionregistration.k8s.io v1 mutatingwebhookconfigurations mutatingwebhookconfiguration MutatingWebhookConfiguration C * - api-extensions - Sqi0GUgDaX0=
admissionregistration.k8s.io v1 validatingadmissionpolicies validatingadmissionpolicy ValidatingAdmissionPolicy C * - api-extensions status 6OxvlMmQ6is=
admissionregistration.k8s.io v1 validatingadmissionpolicybindings validatingadmissionpolicybinding ValidatingAdmissionPolicyBinding C * - api-extensions - v9715VZqakg=
admissionregistration.k8s.io v1 validatingwebhookconfigurations validatingwebhookconfiguration ValidatingWebhookConfiguration C * - api-extensions - B0wHjQmsGNk=
apiextensions.k8s.io v1 customresourcedefinitions customresourcedefinition CustomResourceDefinition C * crd+crds api-extensions status jfWCUB31mvA=
scheduling.k8s.io v1 priorityclasses priorityclass PriorityClass C * pc - - 1QwjyaZjj3Y=
coordination.k8s.io v1 leases lease Lease N * - - - gqkMMb/YqFM=
node.k8s.io v1 runtimeclasses runtimeclass RuntimeClass C * - - - WQTu1GL3T2Q=
discovery.k8s.io v1 endpointslices endpointslice EndpointSlice N * - - - qgS0xkrxYAI=
resource.k8s.io v1 deviceclasses deviceclass DeviceClass C * - - - weQRMT6DeYM=
resource.k8s.io v1 resourceclaims resourceclaim ResourceClaim N * - - status EJAWH5WrAYg=
resource.k8s.io v1 resourceclaimtemplates resourceclaimtemplate ResourceClaimTemplate N * - - - 24m0okHrUtk=
resource.k8s.io v1 resourceslices resourceslice ResourceSlice C * - - - z6Bc9vgk6yE=
flowcontrol.apiserver.k8s.io v1 flowschemas flowschema FlowSchema C * - - status GJVAJZSZBIw=
flowcontrol.apiserver.k8s.io v1 prioritylevelconfigurations prioritylevelconfiguration PriorityLevelConfiguration C * - - status Kir5PVfvNeI=
`;
