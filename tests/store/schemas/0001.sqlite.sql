PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE tracker_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT tracker_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO tracker_schema VALUES('0001');
CREATE TABLE company (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_company PRIMARY KEY (id)
);
INSERT INTO company VALUES(1,'감자마켓');
INSERT INTO company VALUES(2,'토마토페이');
INSERT INTO company VALUES(3,'Lemonade Labs');
INSERT INTO company VALUES(4,'당근모터스');
CREATE TABLE investor (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR, 
	country VARCHAR, 
	CONSTRAINT pk_investor PRIMARY KEY (id)
);
INSERT INTO investor VALUES(1,'알토스벤처스','vc','KR');
INSERT INTO investor VALUES(2,'바다캐피탈',NULL,NULL);
INSERT INTO investor VALUES(3,'개울벤처스',NULL,NULL);
INSERT INTO investor VALUES(4,'들꽃인베스트',NULL,NULL);
INSERT INTO investor VALUES(5,'Pine Capital',NULL,NULL);
CREATE TABLE newsletter (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	CONSTRAINT pk_newsletter PRIMARY KEY (id), 
	CONSTRAINT uq_newsletter_key UNIQUE ("key")
);
INSERT INTO newsletter VALUES(1,'월요레터','월요레터');
INSERT INTO newsletter VALUES(2,'Daily Seed','dailyseed');
CREATE TABLE company_alias (
	id INTEGER NOT NULL, 
	company_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	own BOOLEAN NOT NULL, 
	sought VARCHAR NOT NULL, 
	CONSTRAINT pk_company_alias PRIMARY KEY (id), 
	CONSTRAINT fk_company_alias_company_id FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT uq_company_alias_key UNIQUE ("key")
);
INSERT INTO company_alias VALUES(1,1,'감자마켓','감자마켓',1,'감자마켓');
INSERT INTO company_alias VALUES(2,1,'Gamja','gamja',1,'gamja');
INSERT INTO company_alias VALUES(3,2,'토마토페이','토마토페이',1,'토마토페이');
INSERT INTO company_alias VALUES(4,3,'Lemonade Labs','lemonadelabs',1,'lemonadelabs');
INSERT INTO company_alias VALUES(5,4,'당근모터스','당근모터스',1,'당근모터스');
CREATE TABLE investor_alias (
	id INTEGER NOT NULL, 
	investor_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	own BOOLEAN NOT NULL, 
	sought VARCHAR NOT NULL, 
	CONSTRAINT pk_investor_alias PRIMARY KEY (id), 
	CONSTRAINT fk_investor_alias_investor_id FOREIGN KEY(investor_id) REFERENCES investor (id), 
	CONSTRAINT uq_investor_alias_key UNIQUE ("key")
);
INSERT INTO investor_alias VALUES(1,1,'알토스벤처스','알토스벤처스',1,'알토스벤처스');
INSERT INTO investor_alias VALUES(2,1,'알토스','알토스',0,'알토스');
INSERT INTO investor_alias VALUES(3,1,'Altos Ventures','altosventures',0,'altosventures');
INSERT INTO investor_alias VALUES(4,2,'바다캐피탈','바다캐피탈',1,'바다캐피탈');
INSERT INTO investor_alias VALUES(5,3,'개울벤처스','개울벤처스',1,'개울벤처스');
INSERT INTO investor_alias VALUES(6,4,'들꽃인베스트','들꽃인베스트',1,'들꽃인베스트');
INSERT INTO investor_alias VALUES(7,5,'Pine Capital','pinecapital',1,'pinecapital');
CREATE TABLE issue (
	id INTEGER NOT NULL, 
	newsletter_id INTEGER, 
	fingerprint VARCHAR NOT NULL, 
	title VARCHAR, 
	number VARCHAR, 
	issued_on DATE, 
	source VARCHAR NOT NULL, 
	media VARCHAR NOT NULL, 
	ingested_at DATETIME NOT NULL, 
	pipeline_name VARCHAR NOT NULL, 
	pipeline_version VARCHAR NOT NULL, 
	text_z BLOB NOT NULL, 
	CONSTRAINT pk_issue PRIMARY KEY (id), 
	CONSTRAINT fk_issue_newsletter_id FOREIGN KEY(newsletter_id) REFERENCES newsletter (id), 
	CONSTRAINT uq_issue_fingerprint UNIQUE (fingerprint)
);
INSERT INTO issue VALUES(1,1,'a1f8cddfbc6f96bae6f93866e661969c231156d29d90144afe0200ae54180977',NULL,'25-47','2025-12-19','a.txt','text','2026-11-24 23:57:21.082598','fake','1',X'789c454ecd4ec24010bef314937051230910d178d393cfd128891a0552381a53b021aba06942ab155ad243814b0f1b1053487da19dd977709a10bdcc7c33f9fece80262e8d5d8c84b6253c40b5563a3ac9779951a55aaa9c16947468eae0425036dabb30ee6f8d7d26d020c079427371cec77199ded73471f2bf37d4fd885e625cc6b4f4191c1c024a1707316d1ded66fa49300d854d51172ae59db2c0228ee0a9df7c0abf7609a38041edcf5cc980c6e9bf73a1d8ba331a8dfa15d058521061cfc73053d2022d92bcf42c037ed3c6d79e8f510cda0bb808cb0cb3d3a89bedeb9b16d0d052ab8cd9f46981da58f86d29d9cd3ba8d55aa5cfbc6cf27e28b401175bfa10b9c363f1b269b69aa6d1a9834a25f512a0fe2b857e1e0198a4349dfd0285cac5bb');
INSERT INTO issue VALUES(2,2,'0a893275cd72785c3eb45d07b7a1d5c42f364fdfd0809b7190e043baf91a5c46',NULL,'12','2026-01-05','b.txt','text','2026-11-24 23:57:21.082977','fake','1',X'789c73507049cccca954084e4d4d51a8513034021246064666ba0686ba06a65cee89b9598940a1e0d4a2ccd462054720d3cce0cdb4ad6f664f00321d734af28b15c252f34a4a8b528b75145e4f5ef26a6ff39bb93b5e6f5af0a66bc9dbae1d5c3ea9b9f9798929a90a3e8949c508839c804c1543233d535f202320332f55c139b120b32431478beb75f7ce57dbf7bc5eb5e26dcb06a0214079100400558742d5');
CREATE TABLE round (
	amount BIGINT, 
	currency VARCHAR, 
	stage VARCHAR, 
	stage_raw VARCHAR, 
	extension BOOLEAN NOT NULL, 
	valuation BIGINT, 
	valuation_currency VARCHAR, 
	total_raised BIGINT, 
	total_raised_currency VARCHAR, 
	announced_on DATE, 
	description VARCHAR, 
	confidence FLOAT NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	company_id INTEGER NOT NULL, 
	CONSTRAINT fk_round_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);
INSERT INTO round VALUES(6000000000,'KRW','series_a','시리즈A',0,NULL,NULL,10000000000,'KRW','2025-12-19',NULL,0.9000000000000000222,1,1);
INSERT INTO round VALUES(500000000,'KRW','seed','시드',0,NULL,NULL,NULL,NULL,'2025-12-19',NULL,0.9000000000000000222,2,2);
INSERT INTO round VALUES(12500000,'USD','series_b','Series B',0,NULL,NULL,NULL,NULL,'2026-01-05',NULL,0.9000000000000000222,3,3);
INSERT INTO round VALUES(NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2026-01-05',NULL,0.9000000000000000222,4,4);
CREATE TABLE brief (
	id INTEGER NOT NULL, 
	issue_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	section VARCHAR, 
	kind VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	lang VARCHAR NOT NULL, 
	in_news_section BOOLEAN NOT NULL, 
	CONSTRAINT pk_brief PRIMARY KEY (id), 
	CONSTRAINT fk_brief_issue_id FOREIGN KEY(issue_id) REFERENCES issue (id), 
	CONSTRAINT uq_brief_issue_id_position UNIQUE (issue_id, position)
);
INSERT INTO brief VALUES(1,1,0,28,81,'감자마켓(Gamja) | 시리즈A | 60억원 | 알토스벤처스*, 바다캐피탈 | 누적 100억원','뉴스','funding',1.0,'ko',1);
INSERT INTO brief VALUES(2,1,1,82,107,'토마토페이 | 시드 | 5억원 | 개울벤처스*','뉴스','funding',1.0,'ko',1);
INSERT INTO brief VALUES(3,1,2,108,134,'#planned 우유나라가 투자를 유치하려 한다','뉴스','planned',1.0,'ko',1);
INSERT INTO brief VALUES(4,1,3,135,168,'#partnership 쌀과자와 김부각이 공급 계약을 맺었다','뉴스','partnership',1.0,'ko',1);
INSERT INTO brief VALUES(5,2,0,31,79,'Gamja | Series A | 60억원 | Altos Ventures, 들꽃인베스트','뉴스','funding',1.0,'ko',1);
INSERT INTO brief VALUES(6,2,1,80,129,'Lemonade Labs | Series B | $12.5M | Pine Capital*','뉴스','funding',1.0,'ko',1);
INSERT INTO brief VALUES(7,2,2,130,142,'당근모터스 | | | ','뉴스','funding',1.0,'ko',1);
CREATE TABLE report (
	amount BIGINT, 
	currency VARCHAR, 
	stage VARCHAR, 
	stage_raw VARCHAR, 
	extension BOOLEAN NOT NULL, 
	valuation BIGINT, 
	valuation_currency VARCHAR, 
	total_raised BIGINT, 
	total_raised_currency VARCHAR, 
	announced_on DATE, 
	description VARCHAR, 
	confidence FLOAT NOT NULL, 
	id INTEGER NOT NULL, 
	brief_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	company_id INTEGER NOT NULL, 
	company_name VARCHAR NOT NULL, 
	round_id INTEGER, 
	CONSTRAINT pk_report PRIMARY KEY (id), 
	CONSTRAINT fk_report_brief_id FOREIGN KEY(brief_id) REFERENCES brief (id), 
	CONSTRAINT fk_report_company_id FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_report_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT uq_report_brief_id_ordinal UNIQUE (brief_id, ordinal)
);
INSERT INTO report VALUES(6000000000,'KRW','series_a','시리즈A',0,NULL,NULL,10000000000,'KRW',NULL,NULL,0.9000000000000000222,1,1,0,1,'감자마켓',1);
INSERT INTO report VALUES(500000000,'KRW','seed','시드',0,NULL,NULL,NULL,NULL,NULL,NULL,0.9000000000000000222,2,2,0,2,'토마토페이',2);
INSERT INTO report VALUES(6000000000,'KRW','series_a','Series A',0,NULL,NULL,NULL,NULL,NULL,NULL,0.9000000000000000222,3,5,0,1,'Gamja',1);
INSERT INTO report VALUES(12500000,'USD','series_b','Series B',0,NULL,NULL,NULL,NULL,NULL,NULL,0.9000000000000000222,4,6,0,3,'Lemonade Labs',3);
INSERT INTO report VALUES(NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,0.9000000000000000222,5,7,0,4,'당근모터스',4);
CREATE TABLE mention (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	ordinal INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	CONSTRAINT pk_mention PRIMARY KEY (id), 
	CONSTRAINT fk_mention_report_id FOREIGN KEY(report_id) REFERENCES report (id)
);
INSERT INTO mention VALUES(1,1,'company',0,0,4);
INSERT INTO mention VALUES(2,1,'company_alias',0,5,10);
INSERT INTO mention VALUES(3,1,'stage',0,14,18);
INSERT INTO mention VALUES(4,1,'amount',0,21,25);
INSERT INTO mention VALUES(5,1,'total_raised',0,45,53);
INSERT INTO mention VALUES(6,1,'investors',0,28,34);
INSERT INTO mention VALUES(7,1,'investors',1,37,42);
INSERT INTO mention VALUES(8,3,'company',0,0,5);
INSERT INTO mention VALUES(9,3,'stage',0,8,16);
INSERT INTO mention VALUES(10,3,'amount',0,19,23);
INSERT INTO mention VALUES(11,3,'investors',0,26,40);
INSERT INTO mention VALUES(12,3,'investors',1,42,48);
INSERT INTO mention VALUES(13,2,'company',0,0,5);
INSERT INTO mention VALUES(14,2,'stage',0,8,10);
INSERT INTO mention VALUES(15,2,'amount',0,13,16);
INSERT INTO mention VALUES(16,2,'investors',0,19,24);
INSERT INTO mention VALUES(17,4,'company',0,0,13);
INSERT INTO mention VALUES(18,4,'stage',0,16,24);
INSERT INTO mention VALUES(19,4,'amount',0,27,33);
INSERT INTO mention VALUES(20,4,'investors',0,36,48);
INSERT INTO mention VALUES(21,5,'company',0,0,5);
CREATE TABLE participation (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	round_id INTEGER, 
	investor_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	lead BOOLEAN NOT NULL, 
	ordinal INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_participation PRIMARY KEY (id), 
	CONSTRAINT fk_participation_investor_id FOREIGN KEY(investor_id) REFERENCES investor (id), 
	CONSTRAINT fk_participation_report_id FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_participation_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT uq_participation_report_id_investor_id UNIQUE (report_id, investor_id)
);
INSERT INTO participation VALUES(1,1,1,1,'알토스벤처스',1,0,0);
INSERT INTO participation VALUES(2,1,1,2,'바다캐피탈',0,1,1);
INSERT INTO participation VALUES(3,3,1,1,'Altos Ventures',0,0,2);
INSERT INTO participation VALUES(4,3,1,4,'들꽃인베스트',0,1,3);
INSERT INTO participation VALUES(5,2,2,3,'개울벤처스',1,0,0);
INSERT INTO participation VALUES(6,4,3,5,'Pine Capital',1,0,0);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','company_alias_fts','company_alias_fts',0,'CREATE VIRTUAL TABLE company_alias_fts USING fts5(sought, content=''company_alias'', content_rowid=''id'', tokenize=''trigram'')');
CREATE TABLE IF NOT EXISTS 'company_alias_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO company_alias_fts_data VALUES(1,X'0527');
INSERT INTO company_alias_fts_data VALUES(10,X'000000000105050005010101020101030101040101050101');
INSERT INTO company_alias_fts_data VALUES(137438953473,X'000000630a30e18480e185a1e186b7010202030786e185a1e1848f01020703078ce185a1e1848601020503078fe185a6e186ba010209020885a1e18486e185a101020606048fe185a6010208050586b7e1848c010203020886b7e1848ce185a1010204040e0c0c0c0d090a');
INSERT INTO company_alias_fts_data VALUES(274877906945,X'0000001c0430616d6a020203010367616d02020201036d6a61020204040808');
INSERT INTO company_alias_fts_data VALUES(412316860417,X'0000005e0a30e18486e185a1e18490030204030790e185a9e18486030202090191030206030791e185a6e1848b030208020885a1e18490e185a90302050307a6e1848be185b50302090307a9e18486e185a1030203060491e185a6030207040e0c060c0d0c0c');
INSERT INTO company_alias_fts_data VALUES(549755813889,X'00000051043061627304020b02026465040207010364656c0402080103656c6104020902026d6f04020301036c616204020a0202656d04020201036d6f6e04020401036e616404020601036f6e6104020504080708080708070808');
INSERT INTO company_alias_fts_data VALUES(687194767361,X'000000800a30e18480e185b3e186ab050205030783e185a1e186bc050202030786e185a9e18490050208030790e185a5e1848905020a020885a1e186bce184800502030307a5e18489e185b305020b0307a9e18490e185a50502090307b3e186abe18486050206020886abe18486e185a90502070307bce18480e185b3050204040e0c0c0c0d0c0c0c0d');
CREATE TABLE IF NOT EXISTS 'company_alias_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO company_alias_fts_idx VALUES(1,X'',2);
INSERT INTO company_alias_fts_idx VALUES(2,X'',2);
INSERT INTO company_alias_fts_idx VALUES(3,X'',2);
INSERT INTO company_alias_fts_idx VALUES(4,X'',2);
INSERT INTO company_alias_fts_idx VALUES(5,X'',2);
CREATE TABLE IF NOT EXISTS 'company_alias_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO company_alias_fts_docsize VALUES(1,X'08');
INSERT INTO company_alias_fts_docsize VALUES(2,X'03');
INSERT INTO company_alias_fts_docsize VALUES(3,X'08');
INSERT INTO company_alias_fts_docsize VALUES(4,X'0a');
INSERT INTO company_alias_fts_docsize VALUES(5,X'0a');
CREATE TABLE IF NOT EXISTS 'company_alias_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO company_alias_fts_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','investor_alias_fts','investor_alias_fts',0,'CREATE VIRTUAL TABLE investor_alias_fts USING fts5(sought, content=''investor_alias'', content_rowid=''id'', tokenize=''trigram'')');
CREATE TABLE IF NOT EXISTS 'investor_alias_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO investor_alias_fts_data VALUES(1,X'0745');
INSERT INTO investor_alias_fts_data VALUES(10,X'000000000107070007010101020101030101040101050101060101070101');
INSERT INTO investor_alias_fts_data VALUES(137438953473,X'000000980a30e18487e185a6e186ab010209030789e185b3e1848701020703078be185a1e186af01020203078ee185a5e1848901020c030790e185a9e18489010205020885a1e186afe184900102030307a5e18489e185b301020d0307a6e186abe1848e01020a0307a9e18489e185b30102060307b3e18487e185a6010208020886abe1848ee185a501020b0307afe18490e185a9010204040e0c0c0c0c0d0c0c0c0c0d');
INSERT INTO investor_alias_fts_data VALUES(274877906945,X'000000440a30e1848be185a1e186af020202030790e185a9e18489020205020885a1e186afe184900202030307a9e18489e185b3020206020886afe18490e185a9020204040e0c0d0c');
INSERT INTO investor_alias_fts_data VALUES(412316860417,X'0000005b0430616c740302020103656e7403020801036c746f03020301036e747503020901036f7376030205010372657303020c01037376650302060103746f730302040202757203020a010375726503020b010376656e0302070408080808080808080708');
INSERT INTO investor_alias_fts_data VALUES(549755813889,X'000000700a30e18483e185a1e1848f040204030787e185a1e1848304020203078fe185a2e18491040206030790e185a1e186af04020a030791e185b5e18490040208020885a1e18483e185a104020306048fe185a20402050307a2e18491e185b50402070307b5e18490e185a1040209040e0c0c0c0c0d090c');
INSERT INTO investor_alias_fts_data VALUES(687194767361,X'000000800a30e18480e185a2e1848b050202030787e185a6e186ab05020703078be185aee186af05020403078ee185a5e1848905020a020885a2e1848be185ae0502030307a5e18489e185b305020b0307a6e186abe1848e0502080307aee186afe18487050205020886abe1848ee185a50502090307afe18487e185a6050206040e0c0c0c0d0c0c0c0d');
INSERT INTO investor_alias_fts_data VALUES(824633720833,X'000000a20a30e18481e185a9e186be060205030783e185b3e186af060202030787e185a6e1848906020b030789e185b3e1849006020d03078be185b5e186ab060208020885a6e18489e185b306020c0307a9e186bee1848b0602060307b3e18490e185b306020e050586afe184810602030307b5e186abe18487060209020886abe18487e185a606020a0307afe18481e185a90602040307bee1848be185b5060207040e0c0c0c0c0d0c0c0a0c0d0c');
INSERT INTO investor_alias_fts_data VALUES(962072674305,X'000000490430617069070207010363617007020601036563610702050103696e650702030202746107020901036e6563070204010370696e070202030174070208010374616c07020a040808080807080806');
CREATE TABLE IF NOT EXISTS 'investor_alias_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO investor_alias_fts_idx VALUES(1,X'',2);
INSERT INTO investor_alias_fts_idx VALUES(2,X'',2);
INSERT INTO investor_alias_fts_idx VALUES(3,X'',2);
INSERT INTO investor_alias_fts_idx VALUES(4,X'',2);
INSERT INTO investor_alias_fts_idx VALUES(5,X'',2);
INSERT INTO investor_alias_fts_idx VALUES(6,X'',2);
INSERT INTO investor_alias_fts_idx VALUES(7,X'',2);
CREATE TABLE IF NOT EXISTS 'investor_alias_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO investor_alias_fts_docsize VALUES(1,X'0c');
INSERT INTO investor_alias_fts_docsize VALUES(2,X'05');
INSERT INTO investor_alias_fts_docsize VALUES(3,X'0b');
INSERT INTO investor_alias_fts_docsize VALUES(4,X'09');
INSERT INTO investor_alias_fts_docsize VALUES(5,X'0a');
INSERT INTO investor_alias_fts_docsize VALUES(6,X'0d');
INSERT INTO investor_alias_fts_docsize VALUES(7,X'09');
CREATE TABLE IF NOT EXISTS 'investor_alias_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO investor_alias_fts_config VALUES('version',4);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('round',4);
CREATE INDEX ix_company_name ON company (name);
CREATE INDEX ix_investor_name ON investor (name);
CREATE INDEX ix_company_alias_company_id ON company_alias (company_id);
CREATE INDEX ix_investor_alias_investor_id ON investor_alias (investor_id);
CREATE INDEX ix_issue_issued_on ON issue (issued_on);
CREATE INDEX ix_issue_newsletter_id ON issue (newsletter_id);
CREATE INDEX ix_round_company_id ON round (company_id);
CREATE INDEX ix_round_currency_amount ON round (currency, amount);
CREATE INDEX ix_brief_kind ON brief (kind);
CREATE INDEX ix_report_company_id ON report (company_id);
CREATE INDEX ix_report_round_id ON report (round_id);
CREATE INDEX ix_mention_report ON mention (report_id, field, ordinal);
CREATE INDEX ix_participation_investor_round ON participation (investor_id, round_id);
CREATE INDEX ix_participation_round_id ON participation (round_id);
CREATE INDEX ix_round_newest ON round (announced_on, id);
CREATE INDEX ix_round_stage_newest ON round (stage, announced_on, id);
CREATE TRIGGER company_alias_fts_insert AFTER INSERT ON company_alias BEGIN INSERT INTO company_alias_fts (rowid, sought) VALUES (new.id, new.sought); END;
CREATE TRIGGER company_alias_fts_delete AFTER DELETE ON company_alias BEGIN INSERT INTO company_alias_fts (company_alias_fts, rowid, sought) VALUES ('delete', old.id, old.sought); END;
CREATE TRIGGER company_alias_fts_update AFTER UPDATE OF id, sought ON company_alias BEGIN INSERT INTO company_alias_fts (company_alias_fts, rowid, sought) VALUES ('delete', old.id, old.sought);INSERT INTO company_alias_fts (rowid, sought) VALUES (new.id, new.sought); END;
CREATE TRIGGER investor_alias_fts_insert AFTER INSERT ON investor_alias BEGIN INSERT INTO investor_alias_fts (rowid, sought) VALUES (new.id, new.sought); END;
CREATE TRIGGER investor_alias_fts_delete AFTER DELETE ON investor_alias BEGIN INSERT INTO investor_alias_fts (investor_alias_fts, rowid, sought) VALUES ('delete', old.id, old.sought); END;
CREATE TRIGGER investor_alias_fts_update AFTER UPDATE OF id, sought ON investor_alias BEGIN INSERT INTO investor_alias_fts (investor_alias_fts, rowid, sought) VALUES ('delete', old.id, old.sought);INSERT INTO investor_alias_fts (rowid, sought) VALUES (new.id, new.sought); END;
PRAGMA writable_schema=OFF;
COMMIT;
