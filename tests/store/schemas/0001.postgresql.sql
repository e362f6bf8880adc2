CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE TABLE public.brief (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    "position" integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    text character varying NOT NULL COLLATE pg_catalog."C",
    section character varying COLLATE pg_catalog."C",
    kind character varying NOT NULL COLLATE pg_catalog."C",
    confidence double precision NOT NULL,
    lang character varying NOT NULL COLLATE pg_catalog."C",
    in_news_section boolean NOT NULL
);
CREATE SEQUENCE public.brief_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.brief_id_seq OWNED BY public.brief.id;
CREATE TABLE public.company (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.company_alias (
    id bigint NOT NULL,
    company_id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    key character varying NOT NULL COLLATE pg_catalog."C",
    own boolean NOT NULL,
    sought character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.company_alias_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.company_alias_id_seq OWNED BY public.company_alias.id;
CREATE SEQUENCE public.company_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.company_id_seq OWNED BY public.company.id;
CREATE TABLE public.investor (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying COLLATE pg_catalog."C",
    country character varying COLLATE pg_catalog."C"
);
CREATE TABLE public.investor_alias (
    id bigint NOT NULL,
    investor_id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    key character varying NOT NULL COLLATE pg_catalog."C",
    own boolean NOT NULL,
    sought character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.investor_alias_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.investor_alias_id_seq OWNED BY public.investor_alias.id;
CREATE SEQUENCE public.investor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.investor_id_seq OWNED BY public.investor.id;
CREATE TABLE public.issue (
    id bigint NOT NULL,
    newsletter_id bigint,
    fingerprint character varying NOT NULL COLLATE pg_catalog."C",
    title character varying COLLATE pg_catalog."C",
    number character varying COLLATE pg_catalog."C",
    issued_on date,
    source character varying NOT NULL COLLATE pg_catalog."C",
    media character varying NOT NULL COLLATE pg_catalog."C",
    ingested_at timestamp with time zone NOT NULL,
    pipeline_name character varying NOT NULL COLLATE pg_catalog."C",
    pipeline_version character varying NOT NULL COLLATE pg_catalog."C",
    text_z bytea NOT NULL
);
CREATE SEQUENCE public.issue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.issue_id_seq OWNED BY public.issue.id;
CREATE TABLE public.mention (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    field character varying NOT NULL COLLATE pg_catalog."C",
    ordinal integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL
);
CREATE SEQUENCE public.mention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.mention_id_seq OWNED BY public.mention.id;
CREATE TABLE public.newsletter (
    id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    key character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.newsletter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.newsletter_id_seq OWNED BY public.newsletter.id;
CREATE TABLE public.participation (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    round_id bigint,
    investor_id bigint NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    lead boolean NOT NULL,
    ordinal integer NOT NULL,
    "position" integer NOT NULL
);
CREATE SEQUENCE public.participation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.participation_id_seq OWNED BY public.participation.id;
CREATE TABLE public.report (
    amount bigint,
    currency character varying COLLATE pg_catalog."C",
    stage character varying COLLATE pg_catalog."C",
    stage_raw character varying COLLATE pg_catalog."C",
    extension boolean NOT NULL,
    valuation bigint,
    valuation_currency character varying COLLATE pg_catalog."C",
    total_raised bigint,
    total_raised_currency character varying COLLATE pg_catalog."C",
    announced_on date,
    description character varying COLLATE pg_catalog."C",
    confidence double precision NOT NULL,
    id bigint NOT NULL,
    brief_id bigint NOT NULL,
    ordinal integer NOT NULL,
    company_id bigint NOT NULL,
    company_name character varying NOT NULL COLLATE pg_catalog."C",
    round_id bigint
);
CREATE SEQUENCE public.report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_id_seq OWNED BY public.report.id;
CREATE TABLE public.round (
    amount bigint,
    currency character varying COLLATE pg_catalog."C",
    stage character varying COLLATE pg_catalog."C",
    stage_raw character varying COLLATE pg_catalog."C",
    extension boolean NOT NULL,
    valuation bigint,
    valuation_currency character varying COLLATE pg_catalog."C",
    total_raised bigint,
    total_raised_currency character varying COLLATE pg_catalog."C",
    announced_on date,
    description character varying COLLATE pg_catalog."C",
    confidence double precision NOT NULL,
    id bigint NOT NULL,
    company_id bigint NOT NULL
);
CREATE SEQUENCE public.round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.round_id_seq OWNED BY public.round.id;
CREATE TABLE public.tracker_schema (
    version_num character varying(32) NOT NULL
);
ALTER TABLE ONLY public.brief ALTER COLUMN id SET DEFAULT nextval('public.brief_id_seq'::regclass);
ALTER TABLE ONLY public.company ALTER COLUMN id SET DEFAULT nextval('public.company_id_seq'::regclass);
ALTER TABLE ONLY public.company_alias ALTER COLUMN id SET DEFAULT nextval('public.company_alias_id_seq'::regclass);
ALTER TABLE ONLY public.investor ALTER COLUMN id SET DEFAULT nextval('public.investor_id_seq'::regclass);
ALTER TABLE ONLY public.investor_alias ALTER COLUMN id SET DEFAULT nextval('public.investor_alias_id_seq'::regclass);
ALTER TABLE ONLY public.issue ALTER COLUMN id SET DEFAULT nextval('public.issue_id_seq'::regclass);
ALTER TABLE ONLY public.mention ALTER COLUMN id SET DEFAULT nextval('public.mention_id_seq'::regclass);
ALTER TABLE ONLY public.newsletter ALTER COLUMN id SET DEFAULT nextval('public.newsletter_id_seq'::regclass);
ALTER TABLE ONLY public.participation ALTER COLUMN id SET DEFAULT nextval('public.participation_id_seq'::regclass);
ALTER TABLE ONLY public.report ALTER COLUMN id SET DEFAULT nextval('public.report_id_seq'::regclass);
ALTER TABLE ONLY public.round ALTER COLUMN id SET DEFAULT nextval('public.round_id_seq'::regclass);
INSERT INTO public.brief VALUES (1, 1, 0, 28, 81, '감자마켓(Gamja) | 시리즈A | 60억원 | 알토스벤처스*, 바다캐피탈 | 누적 100억원', '뉴스', 'funding', 1, 'ko', true);
INSERT INTO public.brief VALUES (2, 1, 1, 82, 107, '토마토페이 | 시드 | 5억원 | 개울벤처스*', '뉴스', 'funding', 1, 'ko', true);
INSERT INTO public.brief VALUES (3, 1, 2, 108, 134, '#planned 우유나라가 투자를 유치하려 한다', '뉴스', 'planned', 1, 'ko', true);
INSERT INTO public.brief VALUES (4, 1, 3, 135, 168, '#partnership 쌀과자와 김부각이 공급 계약을 맺었다', '뉴스', 'partnership', 1, 'ko', true);
INSERT INTO public.brief VALUES (5, 2, 0, 31, 79, 'Gamja | Series A | 60억원 | Altos Ventures, 들꽃인베스트', '뉴스', 'funding', 1, 'ko', true);
INSERT INTO public.brief VALUES (6, 2, 1, 80, 129, 'Lemonade Labs | Series B | $12.5M | Pine Capital*', '뉴스', 'funding', 1, 'ko', true);
INSERT INTO public.brief VALUES (7, 2, 2, 130, 142, '당근모터스 | | | ', '뉴스', 'funding', 1, 'ko', true);
INSERT INTO public.company VALUES (1, '감자마켓');
INSERT INTO public.company VALUES (2, '토마토페이');
INSERT INTO public.company VALUES (3, 'Lemonade Labs');
INSERT INTO public.company VALUES (4, '당근모터스');
INSERT INTO public.company_alias VALUES (1, 1, '감자마켓', '감자마켓', true, '감자마켓');
INSERT INTO public.company_alias VALUES (2, 1, 'Gamja', 'gamja', true, 'gamja');
INSERT INTO public.company_alias VALUES (3, 2, '토마토페이', '토마토페이', true, '토마토페이');
INSERT INTO public.company_alias VALUES (4, 3, 'Lemonade Labs', 'lemonadelabs', true, 'lemonadelabs');
INSERT INTO public.company_alias VALUES (5, 4, '당근모터스', '당근모터스', true, '당근모터스');
INSERT INTO public.investor VALUES (1, '알토스벤처스', 'vc', 'KR');
INSERT INTO public.investor VALUES (2, '바다캐피탈', NULL, NULL);
INSERT INTO public.investor VALUES (3, '개울벤처스', NULL, NULL);
INSERT INTO public.investor VALUES (4, '들꽃인베스트', NULL, NULL);
INSERT INTO public.investor VALUES (5, 'Pine Capital', NULL, NULL);
INSERT INTO public.investor_alias VALUES (1, 1, '알토스벤처스', '알토스벤처스', true, '알토스벤처스');
INSERT INTO public.investor_alias VALUES (2, 1, '알토스', '알토스', false, '알토스');
INSERT INTO public.investor_alias VALUES (3, 1, 'Altos Ventures', 'altosventures', false, 'altosventures');
INSERT INTO public.investor_alias VALUES (4, 2, '바다캐피탈', '바다캐피탈', true, '바다캐피탈');
INSERT INTO public.investor_alias VALUES (5, 3, '개울벤처스', '개울벤처스', true, '개울벤처스');
INSERT INTO public.investor_alias VALUES (6, 4, '들꽃인베스트', '들꽃인베스트', true, '들꽃인베스트');
INSERT INTO public.investor_alias VALUES (7, 5, 'Pine Capital', 'pinecapital', true, 'pinecapital');
INSERT INTO public.issue VALUES (1, 1, 'a1f8cddfbc6f96bae6f93866e661969c231156d29d90144afe0200ae54180977', NULL, '25-47', '2025-12-19', 'a.txt', 'text', '2026-11-25 08:57:23.589874+09', 'fake', '1', '\x789c454ecd4ec24010bef314937051230910d178d393cfd128891a0552381a53b021aba06942ab155ad243814b0f1b1053487da19dd977709a10bdcc7c33f9fece80262e8d5d8c84b6253c40b5563a3ac9779951a55aaa9c16947468eae0425036dabb30ee6f8d7d26d020c079427371cec77199ded73471f2bf37d4fd885e625cc6b4f4191c1c024a1707316d1ded66fa49300d854d51172ae59db2c0228ee0a9df7c0abf7609a38041edcf5cc980c6e9bf73a1d8ba331a8dfa15d058521061cfc73053d2022d92bcf42c037ed3c6d79e8f510cda0bb808cb0cb3d3a89bedeb9b16d0d052ab8cd9f46981da58f86d29d9cd3ba8d55aa5cfbc6cf27e28b401175bfa10b9c363f1b269b69aa6d1a9834a25f512a0fe2b857e1e0198a4349dfd0285cac5bb');
INSERT INTO public.issue VALUES (2, 2, '0a893275cd72785c3eb45d07b7a1d5c42f364fdfd0809b7190e043baf91a5c46', NULL, '12', '2026-01-05', 'b.txt', 'text', '2026-11-25 08:57:23.59064+09', 'fake', '1', '\x789c73507049cccca954084e4d4d51a8513034021246064666ba0686ba06a65cee89b9598940a1e0d4a2ccd462054720d3cce0cdb4ad6f664f00321d734af28b15c252f34a4a8b528b75145e4f5ef26a6ff39bb93b5e6f5af0a66bc9dbae1d5c3ea9b9f9798929a90a3e8949c508839c804c1543233d535f202320332f55c139b120b32431478beb75f7ce57dbf7bc5eb5e26dcb06a0214079100400558742d5');
INSERT INTO public.mention VALUES (1, 1, 'company', 0, 0, 4);
INSERT INTO public.mention VALUES (2, 1, 'company_alias', 0, 5, 10);
INSERT INTO public.mention VALUES (3, 1, 'stage', 0, 14, 18);
INSERT INTO public.mention VALUES (4, 1, 'amount', 0, 21, 25);
INSERT INTO public.mention VALUES (5, 1, 'total_raised', 0, 45, 53);
INSERT INTO public.mention VALUES (6, 1, 'investors', 0, 28, 34);
INSERT INTO public.mention VALUES (7, 1, 'investors', 1, 37, 42);
INSERT INTO public.mention VALUES (8, 3, 'company', 0, 0, 5);
INSERT INTO public.mention VALUES (9, 3, 'stage', 0, 8, 16);
INSERT INTO public.mention VALUES (10, 3, 'amount', 0, 19, 23);
INSERT INTO public.mention VALUES (11, 3, 'investors', 0, 26, 40);
INSERT INTO public.mention VALUES (12, 3, 'investors', 1, 42, 48);
INSERT INTO public.mention VALUES (13, 2, 'company', 0, 0, 5);
INSERT INTO public.mention VALUES (14, 2, 'stage', 0, 8, 10);
INSERT INTO public.mention VALUES (15, 2, 'amount', 0, 13, 16);
INSERT INTO public.mention VALUES (16, 2, 'investors', 0, 19, 24);
INSERT INTO public.mention VALUES (17, 4, 'company', 0, 0, 13);
INSERT INTO public.mention VALUES (18, 4, 'stage', 0, 16, 24);
INSERT INTO public.mention VALUES (19, 4, 'amount', 0, 27, 33);
INSERT INTO public.mention VALUES (20, 4, 'investors', 0, 36, 48);
INSERT INTO public.mention VALUES (21, 5, 'company', 0, 0, 5);
INSERT INTO public.newsletter VALUES (1, '월요레터', '월요레터');
INSERT INTO public.newsletter VALUES (2, 'Daily Seed', 'dailyseed');
INSERT INTO public.participation VALUES (1, 1, 1, 1, '알토스벤처스', true, 0, 0);
INSERT INTO public.participation VALUES (2, 1, 1, 2, '바다캐피탈', false, 1, 1);
INSERT INTO public.participation VALUES (3, 3, 1, 1, 'Altos Ventures', false, 0, 2);
INSERT INTO public.participation VALUES (4, 3, 1, 4, '들꽃인베스트', false, 1, 3);
INSERT INTO public.participation VALUES (5, 2, 2, 3, '개울벤처스', true, 0, 0);
INSERT INTO public.participation VALUES (6, 4, 3, 5, 'Pine Capital', true, 0, 0);
INSERT INTO public.report VALUES (6000000000, 'KRW', 'series_a', '시리즈A', false, NULL, NULL, 10000000000, 'KRW', NULL, NULL, 0.9, 1, 1, 0, 1, '감자마켓', 1);
INSERT INTO public.report VALUES (6000000000, 'KRW', 'series_a', 'Series A', false, NULL, NULL, NULL, NULL, NULL, NULL, 0.9, 3, 5, 0, 1, 'Gamja', 1);
INSERT INTO public.report VALUES (500000000, 'KRW', 'seed', '시드', false, NULL, NULL, NULL, NULL, NULL, NULL, 0.9, 2, 2, 0, 2, '토마토페이', 2);
INSERT INTO public.report VALUES (12500000, 'USD', 'series_b', 'Series B', false, NULL, NULL, NULL, NULL, NULL, NULL, 0.9, 4, 6, 0, 3, 'Lemonade Labs', 3);
INSERT INTO public.report VALUES (NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, 0.9, 5, 7, 0, 4, '당근모터스', 4);
INSERT INTO public.round VALUES (6000000000, 'KRW', 'series_a', '시리즈A', false, NULL, NULL, 10000000000, 'KRW', '2025-12-19', NULL, 0.9, 1, 1);
INSERT INTO public.round VALUES (500000000, 'KRW', 'seed', '시드', false, NULL, NULL, NULL, NULL, '2025-12-19', NULL, 0.9, 2, 2);
INSERT INTO public.round VALUES (12500000, 'USD', 'series_b', 'Series B', false, NULL, NULL, NULL, NULL, '2026-01-05', NULL, 0.9, 3, 3);
INSERT INTO public.round VALUES (NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, '2026-01-05', NULL, 0.9, 4, 4);
INSERT INTO public.tracker_schema VALUES ('0001');
SELECT pg_catalog.setval('public.brief_id_seq', 8, false);
SELECT pg_catalog.setval('public.company_alias_id_seq', 5, true);
SELECT pg_catalog.setval('public.company_id_seq', 5, false);
SELECT pg_catalog.setval('public.investor_alias_id_seq', 7, true);
SELECT pg_catalog.setval('public.investor_id_seq', 6, false);
SELECT pg_catalog.setval('public.issue_id_seq', 3, false);
SELECT pg_catalog.setval('public.mention_id_seq', 21, true);
SELECT pg_catalog.setval('public.newsletter_id_seq', 3, false);
SELECT pg_catalog.setval('public.participation_id_seq', 6, true);
SELECT pg_catalog.setval('public.report_id_seq', 6, false);
SELECT pg_catalog.setval('public.round_id_seq', 5, false);
ALTER TABLE ONLY public.brief
    ADD CONSTRAINT pk_brief PRIMARY KEY (id);
ALTER TABLE ONLY public.company
    ADD CONSTRAINT pk_company PRIMARY KEY (id);
ALTER TABLE ONLY public.company_alias
    ADD CONSTRAINT pk_company_alias PRIMARY KEY (id);
ALTER TABLE ONLY public.investor
    ADD CONSTRAINT pk_investor PRIMARY KEY (id);
ALTER TABLE ONLY public.investor_alias
    ADD CONSTRAINT pk_investor_alias PRIMARY KEY (id);
ALTER TABLE ONLY public.issue
    ADD CONSTRAINT pk_issue PRIMARY KEY (id);
ALTER TABLE ONLY public.mention
    ADD CONSTRAINT pk_mention PRIMARY KEY (id);
ALTER TABLE ONLY public.newsletter
    ADD CONSTRAINT pk_newsletter PRIMARY KEY (id);
ALTER TABLE ONLY public.participation
    ADD CONSTRAINT pk_participation PRIMARY KEY (id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT pk_report PRIMARY KEY (id);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT pk_round PRIMARY KEY (id);
ALTER TABLE ONLY public.tracker_schema
    ADD CONSTRAINT tracker_schema_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.brief
    ADD CONSTRAINT uq_brief_issue_id_position UNIQUE (issue_id, "position");
ALTER TABLE ONLY public.company_alias
    ADD CONSTRAINT uq_company_alias_key UNIQUE (key);
ALTER TABLE ONLY public.investor_alias
    ADD CONSTRAINT uq_investor_alias_key UNIQUE (key);
ALTER TABLE ONLY public.issue
    ADD CONSTRAINT uq_issue_fingerprint UNIQUE (fingerprint);
ALTER TABLE ONLY public.newsletter
    ADD CONSTRAINT uq_newsletter_key UNIQUE (key);
ALTER TABLE ONLY public.participation
    ADD CONSTRAINT uq_participation_report_id_investor_id UNIQUE (report_id, investor_id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT uq_report_brief_id_ordinal UNIQUE (brief_id, ordinal);
CREATE INDEX ix_brief_kind ON public.brief USING btree (kind);
CREATE INDEX ix_company_alias_company_id ON public.company_alias USING btree (company_id);
CREATE INDEX ix_company_alias_sought ON public.company_alias USING gin (sought public.gin_trgm_ops);
CREATE INDEX ix_company_name ON public.company USING btree (name);
CREATE INDEX ix_investor_alias_investor_id ON public.investor_alias USING btree (investor_id);
CREATE INDEX ix_investor_alias_sought ON public.investor_alias USING gin (sought public.gin_trgm_ops);
CREATE INDEX ix_investor_name ON public.investor USING btree (name);
CREATE INDEX ix_issue_issued_on ON public.issue USING btree (issued_on);
CREATE INDEX ix_issue_newsletter_id ON public.issue USING btree (newsletter_id);
CREATE INDEX ix_mention_report ON public.mention USING btree (report_id, field, ordinal);
CREATE INDEX ix_participation_investor_round ON public.participation USING btree (investor_id, round_id);
CREATE INDEX ix_participation_round_id ON public.participation USING btree (round_id);
CREATE INDEX ix_report_company_id ON public.report USING btree (company_id);
CREATE INDEX ix_report_round_id ON public.report USING btree (round_id);
CREATE INDEX ix_round_company_id ON public.round USING btree (company_id);
CREATE INDEX ix_round_currency_amount ON public.round USING btree (currency, amount);
CREATE INDEX ix_round_newest ON public.round USING btree (announced_on DESC NULLS LAST, id DESC);
CREATE INDEX ix_round_stage_newest ON public.round USING btree (stage, announced_on DESC NULLS LAST, id DESC);
ALTER TABLE ONLY public.brief
    ADD CONSTRAINT fk_brief_issue_id FOREIGN KEY (issue_id) REFERENCES public.issue(id);
ALTER TABLE ONLY public.company_alias
    ADD CONSTRAINT fk_company_alias_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.investor_alias
    ADD CONSTRAINT fk_investor_alias_investor_id FOREIGN KEY (investor_id) REFERENCES public.investor(id);
ALTER TABLE ONLY public.issue
    ADD CONSTRAINT fk_issue_newsletter_id FOREIGN KEY (newsletter_id) REFERENCES public.newsletter(id);
ALTER TABLE ONLY public.mention
    ADD CONSTRAINT fk_mention_report_id FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.participation
    ADD CONSTRAINT fk_participation_investor_id FOREIGN KEY (investor_id) REFERENCES public.investor(id);
ALTER TABLE ONLY public.participation
    ADD CONSTRAINT fk_participation_report_id FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.participation
    ADD CONSTRAINT fk_participation_round_id FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_brief_id FOREIGN KEY (brief_id) REFERENCES public.brief(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_round_id FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT fk_round_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
